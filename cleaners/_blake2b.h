/* BLAKE2b of RFC 7693 with a digest of eight bytes, of eight short texts at once.

   Each vector holds one word of all eight; the compiler makes of it what the processor has. */

#include <stdint.h>
#include <string.h>

#define LANES 8
#define BLOCK 128 /* bytes */
#define ROUNDS 12
#define PARAMETERS 0x01010008u /* one leaf, no key, a digest of eight bytes */

typedef uint64_t lanes __attribute__((vector_size(LANES * sizeof(uint64_t))));

/* glibc chooses among them when it loads the module; not every other system can. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

static const uint64_t START[8] = {
    0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
};

/* Of the words of a block, in each round. */
static const uint8_t ORDER[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

#define TURNED(word, places) ((word) >> (places) | (word) << (64 - (places)))
#define MIX(a, b, c, d, first, second) \
    do {                               \
        v[a] += v[b] + (first);        \
        v[d] = TURNED(v[d] ^ v[a], 32); \
        v[c] += v[d];                  \
        v[b] = TURNED(v[b] ^ v[c], 24); \
        v[a] += v[b] + (second);       \
        v[d] = TURNED(v[d] ^ v[a], 16); \
        v[c] += v[d];                  \
        v[b] = TURNED(v[b] ^ v[c], 63); \
    } while (0)

/* Write the digests of *count* texts of up to BLOCK bytes, the first byte of each the lowest. */
FOR_EACH_PROCESSOR
static void hash_lanes(
    const uint8_t *const *texts, const size_t *sizes, int count, uint64_t *digests)
{
    uint64_t block[16], gathered[16][LANES], counted[LANES];
    lanes words[16], v[16], found;
    memset(gathered, 0, sizeof(gathered));
    memset(counted, 0, sizeof(counted));
    for (int lane = 0; lane < count; lane++) {
        memset(block, 0, sizeof(block));
        memcpy(block, texts[lane], sizes[lane]);
        for (int word = 0; word < 16; word++)
            gathered[word][lane] = block[word];
        counted[lane] = sizes[lane];
    }
    memcpy(words, gathered, sizeof(words));
    memcpy(&found, counted, sizeof(found));
    for (int word = 0; word < 8; word++) {
        v[word] = START[word] + (lanes){0};
        v[word + 8] = v[word];
    }
    v[0] ^= PARAMETERS;
    v[12] ^= found;
    v[14] = ~v[14];
    for (int round = 0; round < ROUNDS; round++) {
        const uint8_t *at = ORDER[round % 10];
        MIX(0, 4, 8, 12, words[at[0]], words[at[1]]);
        MIX(1, 5, 9, 13, words[at[2]], words[at[3]]);
        MIX(2, 6, 10, 14, words[at[4]], words[at[5]]);
        MIX(3, 7, 11, 15, words[at[6]], words[at[7]]);
        MIX(0, 5, 10, 15, words[at[8]], words[at[9]]);
        MIX(1, 6, 11, 12, words[at[10]], words[at[11]]);
        MIX(2, 7, 8, 13, words[at[12]], words[at[13]]);
        MIX(3, 4, 9, 14, words[at[14]], words[at[15]]);
    }
    found = (START[0] ^ PARAMETERS) ^ v[0] ^ v[8];
    memcpy(digests, &found, sizeof(found));
}
