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

/* Of the words of a block, in each round: a digit a word. */
static const uint64_t ORDER[10] = {
    0x0123456789ABCDEF, 0xEA489FD61C02B753, 0xB8C052FDAE367194, 0x7931DCBE265A40F8,
    0x905724AFE1BC683D, 0x2C6A0B834D75FE19, 0xC51FED4A0763928B, 0xDB7EC13950F4862A,
    0x6FE9B308C2D714A5, 0xA2847615FB9E3CD0,
};

#define IN_ORDER(place) words[order >> (60 - 4 * (place)) & 15]
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
        uint64_t order = ORDER[round % 10];
        MIX(0, 4, 8, 12, IN_ORDER(0), IN_ORDER(1));
        MIX(1, 5, 9, 13, IN_ORDER(2), IN_ORDER(3));
        MIX(2, 6, 10, 14, IN_ORDER(4), IN_ORDER(5));
        MIX(3, 7, 11, 15, IN_ORDER(6), IN_ORDER(7));
        MIX(0, 5, 10, 15, IN_ORDER(8), IN_ORDER(9));
        MIX(1, 6, 11, 12, IN_ORDER(10), IN_ORDER(11));
        MIX(2, 7, 8, 13, IN_ORDER(12), IN_ORDER(13));
        MIX(3, 4, 9, 14, IN_ORDER(14), IN_ORDER(15));
    }
    found = (START[0] ^ PARAMETERS) ^ v[0] ^ v[8];
    memcpy(digests, &found, sizeof(found));
}
