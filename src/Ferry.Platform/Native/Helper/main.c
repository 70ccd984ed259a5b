/* The launcher as a program of its own, for tests that run under the JIT. All its work is done before main. */
#include <stdio.h>

int main(void)
{
    fputs("ferry-sandbox is started by Ferry's tests only\n", stderr);
    return 2;
}
