// Compares matrix-q4.cpp and matrix-q8.cpp with llama.cpp's own products, bit for bit, on random blocks of many shapes. Exit status 0: all the same.

#include "ggml-cpu.h"
#include "ggml-cpu-impl.h"
#include "llamafile/sgemm.h"
#include "quants.h"
#include "repack.h"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <random>
#include <type_traits>
#include <vector>

extern "C" {
void library_gemm_q4_0_8x8_q8_0(int n, float * s, size_t bs, const void * vx, const void * vy, int nr, int nc);
void library_gemv_q4_0_8x8_q8_0(int n, float * s, size_t bs, const void * vx, const void * vy, int nr, int nc);
bool library_llamafile_sgemm(const struct ggml_compute_params * params, int64_t m, int64_t n, int64_t k, const void * A, int64_t lda, const void * B, int64_t ldb, void * C, int64_t ldc, int Atype, int Btype, int Ctype);
}

namespace {

std::mt19937 random_bits(7);

// A half between 2^-8 and 2^-5, of either sign: as scales are.
ggml_half scale() {
    const uint32_t bits = random_bits();
    return static_cast<ggml_half>(((bits & 1) << 15) | ((7 + bits / 2 % 4) << 10) | (bits / 8 % 1024));
}

// Activations are rounded to -127 ... 127; of weights every bit is used.
template <class Block> std::vector<Block> blocks(size_t count) {
    constexpr bool packed = std::is_same_v<Block, block_q4_0x8>;
    std::vector<Block> made(count);
    for (auto & block : made) {
        for (auto & value : block.qs) value = static_cast<int8_t>(packed ? random_bits() : random_bits() % 255 - 127);
        if constexpr (sizeof block.d > sizeof(ggml_half))
            for (auto & d : block.d) d = scale();
        else
            block.d = scale();
    }
    return made;
}

bool same(const std::vector<float> & ours, const std::vector<float> & theirs) {
    return std::memcmp(ours.data(), theirs.data(), ours.size() * sizeof(float)) == 0;
}

}  // namespace

int main() {
    // Fills the table of halves.
    ggml_cpu_init();
    int wrong = 0;
    for (const int n : {32, 64, 896, 4864})
        for (const int columns : {8, 16, 24, 40, 72}) {
            const size_t row = n / 32;
            const auto weights = blocks<block_q4_0x8>(row * columns / 8);
            // Wider than what is computed: what lies beside must stay as it is.
            const size_t stride = columns + 5;
            for (const int rows : {4, 8, 12, 16, 20, 28, 44}) {
                const auto activations = blocks<block_q8_0x4>(row * rows / 4);
                std::vector<float> ours(stride * rows, 1.5F);
                std::vector<float> theirs(stride * rows, 1.5F);
                ggml_gemm_q4_0_8x8_q8_0(n, ours.data(), stride, weights.data(), activations.data(), rows, columns);
                library_gemm_q4_0_8x8_q8_0(n, theirs.data(), stride, weights.data(), activations.data(), rows, columns);
                if (!same(ours, theirs)) wrong += std::printf("gemm %d x %d x %d\n", n, columns, rows) > 0;
            }
            const auto activations = blocks<block_q8_0>(row);
            std::vector<float> ours(stride, 1.5F);
            std::vector<float> theirs(stride, 1.5F);
            ggml_gemv_q4_0_8x8_q8_0(n, ours.data(), stride, weights.data(), activations.data(), 1, columns);
            library_gemv_q4_0_8x8_q8_0(n, theirs.data(), stride, weights.data(), activations.data(), 1, columns);
            if (!same(ours, theirs)) wrong += std::printf("gemv %d x %d\n", n, columns) > 0;
        }

    ggml_threadpool_params threads = ggml_threadpool_params_default(1);
    ggml_compute_params one{};
    one.nth = 1;
    one.threadpool = ggml_threadpool_new(&threads);
    for (const int n : {32, 64, 96, 896})
        for (const int rows : {1, 7, 8, 24, 37})
            for (const int columns : {1, 2, 3, 4, 5, 8, 13}) {
                const size_t row = n / 32;
                const auto weights = blocks<block_q8_0>(row * rows);
                const auto activations = blocks<block_q8_0>(row * columns);
                const size_t stride = rows + 3;
                std::vector<float> ours(stride * columns, 1.5F);
                std::vector<float> theirs(stride * columns, 1.5F);
                llamafile_sgemm(&one, rows, columns, row, weights.data(), row, activations.data(), row, ours.data(), stride, GGML_TYPE_Q8_0, GGML_TYPE_Q8_0, GGML_TYPE_F32);
                if (columns > 1)
                    library_llamafile_sgemm(&one, rows, columns, row, weights.data(), row, activations.data(), row, theirs.data(), stride, GGML_TYPE_Q8_0, GGML_TYPE_Q8_0, GGML_TYPE_F32);
                else
                    for (int at = 0; at < rows; at++) ggml_vec_dot_q8_0_q8_0(n, &theirs[at], 0, &weights[at * row], 0, activations.data(), 0, 1);
                if (!same(ours, theirs)) wrong += std::printf("q8_0 %d x %d x %d\n", n, rows, columns) > 0;
            }
    ggml_threadpool_free(one.threadpool);
    return wrong > 0;
}
