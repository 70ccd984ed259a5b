/* A new network namespace has a loopback device that is down; tests of packages expect it to be up. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

void raise_loopback(void)
{
    struct ifreq request = {.ifr_flags = IFF_UP | IFF_LOOPBACK | IFF_RUNNING};
    strcpy(request.ifr_name, "lo");
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0 || ioctl(descriptor, SIOCSIFFLAGS, &request) != 0)
        fail(STEP_NETWORK, errno, "cannot start the sandbox's loopback device");
    close(descriptor);
}
