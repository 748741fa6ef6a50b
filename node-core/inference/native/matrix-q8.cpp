// Products of Q8_0 weights with Q8_0 activations on processors with AVX-512 VNNI, in place of llama.cpp's (see matrix-q4.cpp). Two rows
// at a time, and every sum in llama.cpp's own order: results are the same, bit for bit (matrix-check.cpp).
//
// Weights are made unsigned by adding 128, and 128 times the sum of the activations is taken off again.

#define GGML_COMMON_DECL_CPP
#include "ggml-common.h"
#include "ggml-cpu-impl.h"
#include "llamafile/sgemm.h"
#include "simd-mappings.h"

extern "C" {
bool library_llamafile_sgemm(const struct ggml_compute_params * params, int64_t m, int64_t n, int64_t k, const void * A, int64_t lda, const void * B, int64_t ldb, void * C, int64_t ldc, int Atype, int Btype, int Ctype);
}

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512VL__) && defined(__AVX512VNNI__) && defined(__F16C__)

#include <cstring>
#include <immintrin.h>

namespace {

// What lies so many bytes ahead is fetched; past the end of the weights that does nothing.
constexpr int AHEAD = 4096;
inline void ahead(const block_q8_0 & from) { _mm_prefetch(reinterpret_cast<const char *>(&from) + AHEAD, _MM_HINT_T0); }

inline __m256i values_of(const block_q8_0 & block) { return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(block.qs)); }

// Of one row: in lanes 0 to 7, of another in lanes 8 to 15.
inline __m512i both(const block_q8_0 & low, const block_q8_0 & high) {
    return _mm512_inserti64x4(_mm512_castsi256_si512(values_of(low)), values_of(high), 1);
}
inline __m512 scales_of(const block_q8_0 & low, const block_q8_0 & high) {
    const __m512i spread = _mm512_set_epi32(1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i halves = _mm_insert_epi16(_mm_cvtsi32_si128(low.d), high.d, 1);
    return _mm512_permutexvar_ps(spread, _mm512_castps128_ps512(_mm_cvtph_ps(halves)));
}

// Eight lanes in the order in which llama.cpp adds them.
inline float sum_of(__m256 lanes) {
    __m128 sum = _mm_add_ps(_mm256_extractf128_ps(lanes, 1), _mm256_castps256_ps128(lanes));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    return _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
}

// An even number of rows by some columns.
template <int rows, int columns>
void multiply(int64_t blocks, const block_q8_0 * weights, int64_t weight_stride, const block_q8_0 * activations, int64_t activation_stride, float * to, int64_t to_stride) {
    const __m512i high = _mm512_set1_epi8(static_cast<char>(128));
    __m512 sums[rows / 2][columns];
    for (auto & row : sums)
        for (auto & sum : row) sum = _mm512_setzero_ps();
    for (int64_t block = 0; block < blocks; block++) {
        __m512i values[columns];
        __m512i offsets[columns];
        for (int column = 0; column < columns; column++) {
            values[column] = _mm512_broadcast_i64x4(values_of(activations[column * activation_stride + block]));
            offsets[column] = _mm512_sub_epi32(_mm512_setzero_si512(), _mm512_dpbusd_epi32(_mm512_setzero_si512(), high, values[column]));
        }
        for (int row = 0; row < rows; row += 2) {
            const block_q8_0 & first = weights[row * weight_stride + block];
            const block_q8_0 & second = weights[(row + 1) * weight_stride + block];
            ahead(first);
            ahead(second);
            const __m512i positive = _mm512_xor_si512(both(first, second), high);
            const __m512 scales = scales_of(first, second);
            for (int column = 0; column < columns; column++) {
                const __m512 product = _mm512_cvtepi32_ps(_mm512_dpbusd_epi32(offsets[column], positive, values[column]));
                const __m512 scale = _mm512_set1_ps(GGML_CPU_FP16_TO_FP32(activations[column * activation_stride + block].d));
                sums[row / 2][column] = _mm512_fmadd_ps(_mm512_mul_ps(scales, scale), product, sums[row / 2][column]);
            }
        }
    }
    for (int column = 0; column < columns; column++)
        for (int row = 0; row < rows; row += 2) {
            to[column * to_stride + row] = sum_of(_mm512_castps512_ps256(sums[row / 2][column]));
            to[column * to_stride + row + 1] = sum_of(_mm512_extractf32x8_ps(sums[row / 2][column], 1));
        }
}

float dot(int64_t blocks, const block_q8_0 * weights, const block_q8_0 * activations) {
    __m256 sum = _mm256_setzero_ps();
    for (int64_t block = 0; block < blocks; block++) {
        ahead(weights[block]);
        const __m256i row = values_of(weights[block]);
        const __m256i column = values_of(activations[block]);
        const __m256i product = _mm256_dpbusd_epi32(_mm256_setzero_si256(), _mm256_sign_epi8(row, row), _mm256_sign_epi8(column, row));
        const float scale = GGML_CPU_FP16_TO_FP32(weights[block].d) * GGML_CPU_FP16_TO_FP32(activations[block].d);
        sum = _mm256_fmadd_ps(_mm256_set1_ps(scale), _mm256_cvtepi32_ps(product), sum);
    }
    return sum_of(sum);
}

// Eight rows are worth what is made ready for a column.
template <int rows>
void multiply_rows(int64_t blocks, const block_q8_0 * weights, int64_t lda, const block_q8_0 * activations, int64_t ldb, float * to, int64_t ldc, int64_t n) {
    int64_t column = 0;
    for (; column + 4 <= n; column += 4) multiply<rows, 4>(blocks, weights, lda, activations + column * ldb, ldb, to + column * ldc, ldc);
    for (; column < n; column++)
        for (int row = 0; row < rows; row++) to[column * ldc + row] = dot(blocks, weights + row * lda, activations + column * ldb);
}

}  // namespace

extern "C" bool llamafile_sgemm(const struct ggml_compute_params * params, int64_t m, int64_t n, int64_t k, const void * A, int64_t lda, const void * B, int64_t ldb, void * C, int64_t ldc, int Atype, int Btype, int Ctype) {
    if (Atype != GGML_TYPE_Q8_0 || Btype != GGML_TYPE_Q8_0 || Ctype != GGML_TYPE_F32)
        return library_llamafile_sgemm(params, m, n, k, A, lda, B, ldb, C, ldc, Atype, Btype, Ctype);
    const auto * weights = static_cast<const block_q8_0 *>(A);
    const auto * activations = static_cast<const block_q8_0 *>(B);
    auto * to = static_cast<float *>(C);
    // A core that is busy with something else takes fewer chunks.
    if (params->ith == 0) ggml_threadpool_chunk_set(params->threadpool, params->nth);
    if (params->nth > 1) ggml_barrier(params->threadpool);
    const int64_t size = (m + 32 * params->nth - 1) / (32 * params->nth) * 8;
    for (int64_t row = size * params->ith; row < m; row = size * ggml_threadpool_chunk_add(params->threadpool, 1)) {
        const int64_t end = row + size < m ? row + size : m;
        int64_t at = row;
        for (; at + 8 <= end; at += 8) multiply_rows<8>(k, weights + at * lda, lda, activations, ldb, to + at, ldc, n);
        for (; at < end; at++)
            for (int64_t column = 0; column < n; column++) to[column * ldc + at] = dot(k, weights + at * lda, activations + column * ldb);
    }
    return true;
}

#else

extern "C" bool llamafile_sgemm(const struct ggml_compute_params * params, int64_t m, int64_t n, int64_t k, const void * A, int64_t lda, const void * B, int64_t ldb, void * C, int64_t ldc, int Atype, int Btype, int Ctype) {
    return library_llamafile_sgemm(params, m, n, k, A, lda, B, ldb, C, ldc, Atype, Btype, Ctype);
}

#endif
