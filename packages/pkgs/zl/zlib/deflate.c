/* Deflates standard input, inflates the outcome, and prints both sizes when nothing was lost on the way. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int main(void)
{
    static unsigned char input[1 << 20], restored[1 << 20];
    uLong size = fread(input, 1, sizeof input, stdin);
    uLongf packed_size = compressBound(size), restored_size = sizeof restored;
    unsigned char *packed = malloc(packed_size);

    if (packed == NULL || compress2(packed, &packed_size, input, size, Z_BEST_COMPRESSION) != Z_OK)
        return 1;
    if (uncompress(restored, &restored_size, packed, packed_size) != Z_OK)
        return 2;
    if (restored_size != size || memcmp(input, restored, size) != 0)
        return 3;
    printf("zlib %s: %lu -> %lu\n", zlibVersion(), size, packed_size);
    return 0;
}
