// Products of Q4_0 weights with Q8_0 activations on processors with AVX-512 VNNI, in place of llama.cpp's. Compiled into its
// arithmetic for this very processor (compile-processor.ts), where llama.cpp's own are renamed to `library_…`: on other processors
// these do the work. The sums are added in the same order: results are the same, bit for bit (matrix-check.cpp).
//
// llama.cpp's kernel multiplies signed by signed bytes, for which the instruction (VPDPBUSD: unsigned times signed) needs three more
// per product. Here the weights stay unsigned, 0 to 15 in place of -8 to 7, and eight times the sum of the activations is taken off
// once per block. Activations are broadcast from memory by the instruction itself, so that nothing is shuffled per row.

#include "repack.h"

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512VL__) && defined(__AVX512VNNI__) && defined(__F16C__)

#include <cstring>
#include <immintrin.h>
#include <vector>

namespace {

// Elements of a block (32), in groups of four that one lane multiplies.
constexpr int groups = 8;

// The processor alone looks too little ahead for memory to keep up. Past the end of the weights it does nothing.
inline void ahead(const block_q4_0x8 & from, int bytes) {
    const char * at = reinterpret_cast<const char *>(from.qs) + bytes;
    _mm_prefetch(at, _MM_HINT_T0);
    _mm_prefetch(at + 64, _MM_HINT_T0);
}

struct Tile {
    __m512i weights[groups];
    __m512 scales;
};

inline __m512i load(const void * from) { return _mm512_loadu_si512(from); }

inline __m512 scales_of(const block_q4_0x8 & left, const block_q4_0x8 & right) {
    const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i *>(left.d));
    const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i *>(right.d));
    return _mm512_cvtph_ps(_mm256_set_m128i(high, low));
}

// (packed ^ 8) & 15: stored nibbles are two's complement, and flipping their sign bit adds 8.
inline __m512i nibbles(__m512i packed) {
    return _mm512_ternarylogic_epi32(packed, _mm512_set1_epi8(8), _mm512_set1_epi8(15), 0x28);
}

// Sixteen columns of one block, a column per lane.
inline Tile tile_of(const block_q4_0x8 & left, const block_q4_0x8 & right) {
    const __m512i even = _mm512_set_epi32(30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
    const __m512i odd = _mm512_set_epi32(31, 29, 27, 25, 23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3, 1);
    Tile tile;
    for (int half = 0; half < 2; half++) {
        const __m512i a = load(left.qs + half * 64);
        const __m512i b = load(right.qs + half * 64);
        const __m512i packed[2] = {_mm512_permutex2var_epi32(a, even, b), _mm512_permutex2var_epi32(a, odd, b)};
        for (int part = 0; part < 2; part++) {
            const int group = half * 2 + part;
            tile.weights[group] = nibbles(packed[part]);
            tile.weights[group + 4] = nibbles(_mm512_srli_epi16(packed[part], 4));
        }
    }
    tile.scales = scales_of(left, right);
    return tile;
}

// What is the same for all columns: per block and row the activations' scale, and minus eight times their sum.
struct Prepared {
    std::vector<float> scales;
    std::vector<int> offsets;
};

thread_local Prepared prepared;

template <int rows> void prepare(const block_q8_0x4 * activations, int blocks) {
    prepared.scales.resize(static_cast<size_t>(rows) * blocks);
    prepared.offsets.resize(static_cast<size_t>(rows) * blocks);
    for (int block = 0; block < blocks; block++) {
        for (int four = 0; four < rows / 4; four++) {
            const block_q8_0x4 & from = activations[four * blocks + block];
            const size_t at = static_cast<size_t>(block) * rows + four * 4;
            uint64_t scales;
            std::memcpy(&scales, from.d, sizeof scales);
            _mm_storeu_ps(prepared.scales.data() + at, _mm_cvtph_ps(_mm_cvtsi64_si128(static_cast<long long>(scales))));
            const __m512i eights = _mm512_set1_epi8(8);
            const __m512i sums = _mm512_dpbusd_epi32(_mm512_dpbusd_epi32(_mm512_setzero_si512(), eights, load(from.qs)), eights, load(from.qs + 64));
            const __m256i halves = _mm256_add_epi32(_mm512_castsi512_si256(sums), _mm512_extracti64x4_epi64(sums, 1));
            const __m256i paired = _mm256_hadd_epi32(halves, halves);
            const __m128i whole = _mm_unpacklo_epi64(_mm256_castsi256_si128(paired), _mm256_extracti128_si256(paired, 1));
            _mm_storeu_si128(reinterpret_cast<__m128i *>(prepared.offsets.data() + at), _mm_sub_epi32(_mm_setzero_si128(), whole));
        }
    }
}

inline __m512i broadcast(const int8_t * from) {
    int four;
    std::memcpy(&four, from, sizeof four);
    return _mm512_set1_epi32(four);
}

inline __m512 step(const Tile & tile, __m512i sum, const int8_t * activations, int stride, float scale, __m512 result) {
    for (int group = 0; group < groups; group++)
        sum = _mm512_dpbusd_epi32(sum, tile.weights[group], broadcast(activations + (group / 2) * stride + (group % 2) * 4));
    return _mm512_fmadd_ps(_mm512_cvtepi32_ps(sum), _mm512_mul_ps(tile.scales, _mm512_set1_ps(scale)), result);
}

// The last eight columns are computed with themselves at their side and half of that is kept.
inline __mmask16 kept(int column, int columns) { return column + 16 <= columns ? 0xffff : 0x00ff; }
inline const block_q4_0x8 * beside(const block_q4_0x8 * weights, int column, int columns, int blocks) {
    return column + 16 <= columns ? weights + blocks : weights;
}

template <int rows>
void multiply(int blocks, float * to, size_t stride, const block_q4_0x8 * weights, const block_q8_0x4 * activations, int columns) {
    prepare<rows>(activations, blocks);
    const float * scales = prepared.scales.data();
    const int * offsets = prepared.offsets.data();
    for (int column = 0; column < columns; column += 16) {
        const block_q4_0x8 * left = weights + static_cast<size_t>(column / 8) * blocks;
        const block_q4_0x8 * right = beside(left, column, columns, blocks);
        __m512 results[rows];
        for (auto & result : results) result = _mm512_setzero_ps();
        for (int block = 0; block < blocks; block++) {
            ahead(left[block], 2048);
            ahead(right[block], 2048);
            const Tile tile = tile_of(left[block], right[block]);
#pragma GCC unroll 16
            for (int row = 0; row < rows; row++) {
                const int8_t * from = activations[(row / 4) * blocks + block].qs + (row % 4) * 8;
                const int at = block * rows + row;
                results[row] = step(tile, _mm512_set1_epi32(offsets[at]), from, 32, scales[at], results[row]);
            }
        }
        for (int row = 0; row < rows; row++) _mm512_mask_storeu_ps(to + row * stride + column, kept(column, columns), results[row]);
    }
}

inline __m512i eight(const int8_t * from) {
    long long values;
    std::memcpy(&values, from, sizeof values);
    return _mm512_set1_epi64(values);
}

// One row: what counts is how fast the weights come, so they are read in the order in which they lie, two lanes for a column.
void multiply_row(int blocks, float * to, const block_q4_0x8 * weights, const block_q8_0 * activations, int columns) {
    prepared.scales.resize(blocks);
    prepared.offsets.resize(blocks);
    float * scales = prepared.scales.data();
    int * offsets = prepared.offsets.data();
    const __m512i pairs = _mm512_set_epi32(7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0);
    for (int block = 0; block < blocks; block++) {
        const __m256i values = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(activations[block].qs));
        const __m256i sums = _mm256_dpbusd_epi32(_mm256_setzero_si256(), _mm256_set1_epi8(8), values);
        const __m128i halves = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        const __m128i paired = _mm_hadd_epi32(halves, halves);
        // Of the first lane of a pair; the other holds zero.
        offsets[block] = -(_mm_extract_epi32(paired, 0) + _mm_extract_epi32(paired, 1));
        scales[block] = _cvtsh_ss(activations[block].d);
    }
    for (int column = 0; column < columns; column += 8) {
        const block_q4_0x8 * from = weights + static_cast<size_t>(column / 8) * blocks;
        __m512 result = _mm512_setzero_ps();
        for (int block = 0; block < blocks; block++) {
            ahead(from[block], 8192);
            const __m512i low = load(from[block].qs);
            const __m512i high = load(from[block].qs + 64);
            const int8_t * values = activations[block].qs;
            __m512i sum = _mm512_maskz_set1_epi32(0x5555, offsets[block]);
            sum = _mm512_dpbusd_epi32(sum, nibbles(low), eight(values));
            sum = _mm512_dpbusd_epi32(sum, nibbles(high), eight(values + 8));
            sum = _mm512_dpbusd_epi32(sum, nibbles(_mm512_srli_epi16(low, 4)), eight(values + 16));
            sum = _mm512_dpbusd_epi32(sum, nibbles(_mm512_srli_epi16(high, 4)), eight(values + 24));
            sum = _mm512_add_epi32(sum, _mm512_shuffle_epi32(sum, _MM_PERM_CDAB));
            const __m256 scale = _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from[block].d)));
            const __m512 twice = _mm512_permutexvar_ps(pairs, _mm512_castps256_ps512(scale));
            result = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sum), _mm512_mul_ps(twice, _mm512_set1_ps(scales[block])), result);
        }
        _mm256_storeu_ps(to + column, _mm512_castps512_ps256(_mm512_maskz_compress_ps(0x5555, result)));
    }
}

}  // namespace

void ggml_gemv_q4_0_8x8_q8_0(int n, float * GGML_RESTRICT s, size_t, const void * GGML_RESTRICT vx, const void * GGML_RESTRICT vy, int, int nc) {
    multiply_row(n / 32, s, static_cast<const block_q4_0x8 *>(vx), static_cast<const block_q8_0 *>(vy), nc);
}

void ggml_gemm_q4_0_8x8_q8_0(int n, float * GGML_RESTRICT s, size_t bs, const void * GGML_RESTRICT vx, const void * GGML_RESTRICT vy, int nr, int nc) {
    const int blocks = n / 32;
    const auto * weights = static_cast<const block_q4_0x8 *>(vx);
    const auto * activations = static_cast<const block_q8_0x4 *>(vy);
    int row = 0;
    const auto next = [&](auto multiply, int rows) {
        multiply(blocks, s + row * bs, bs, weights, activations + static_cast<size_t>(row / 4) * blocks, nc);
        row += rows;
    };
    while (nr - row >= 16) next(multiply<16>, 16);
    if (nr - row >= 8) next(multiply<8>, 8);
    if (nr - row >= 4) next(multiply<4>, 4);
}

#else

extern "C" {
void library_gemm_q4_0_8x8_q8_0(int n, float * s, size_t bs, const void * vx, const void * vy, int nr, int nc);
void library_gemv_q4_0_8x8_q8_0(int n, float * s, size_t bs, const void * vx, const void * vy, int nr, int nc);
}

void ggml_gemm_q4_0_8x8_q8_0(int n, float * GGML_RESTRICT s, size_t bs, const void * GGML_RESTRICT vx, const void * GGML_RESTRICT vy, int nr, int nc) {
    library_gemm_q4_0_8x8_q8_0(n, s, bs, vx, vy, nr, nc);
}

void ggml_gemv_q4_0_8x8_q8_0(int n, float * GGML_RESTRICT s, size_t bs, const void * GGML_RESTRICT vx, const void * GGML_RESTRICT vy, int nr, int nc) {
    library_gemv_q4_0_8x8_q8_0(n, s, bs, vx, vy, nr, nc);
}

#endif
