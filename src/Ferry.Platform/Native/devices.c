/* A small /dev: the host's harmless nodes, own pseudo-terminals and own shared memory. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const nodes[] = {
    "/dev/full", "/dev/null", "/dev/random", "/dev/tty", "/dev/urandom", "/dev/zero",
};

static const char *const links[][2] = {
    {"/dev/fd", "/proc/self/fd"},
    {"/dev/stdin", "/proc/self/fd/0"},
    {"/dev/stdout", "/proc/self/fd/1"},
    {"/dev/stderr", "/proc/self/fd/2"},
    {"/dev/ptmx", "pts/ptmx"},
};

/* Puts the entries of /dev before all others, so that a bind such as /dev/kvm lies on top. */
void add_devices(struct specification *specification)
{
    const size_t node_count = sizeof nodes / sizeof *nodes, link_count = sizeof links / sizeof *links;
    size_t count = node_count + link_count + specification->entry_count, position = 0;
    struct entry *entries = calloc(count, sizeof *entries);
    if (entries == NULL)
        fail(STEP_PREPARE, ENOMEM, "cannot prepare the sandbox's devices");
    for (size_t index = 0; index < node_count; index++)
        entries[position++] = (struct entry){
            .code = CODE_BIND, .path = nodes[index], .source = nodes[index], .access = ACCESS_DEVICE, .tree = -1};
    for (size_t index = 0; index < link_count; index++)
        entries[position++] = (struct entry){
            .code = CODE_LINK, .path = links[index][0], .source = links[index][1], .tree = -1};
    if (specification->entry_count > 0)
        memcpy(entries + position, specification->entries, specification->entry_count * sizeof *entries);
    specification->entries = entries;
    specification->entry_count = count;
}

void mount_device_file_systems(void)
{
    make_directories("/dev/shm", 0755, 1);
    make_directories("/dev/pts", 0755, 1);
    if (mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777") != 0)
        fail(STEP_MOUNT, errno, "cannot mount the sandbox's /dev/shm");
    /* Every mount of devpts is an instance of its own since Linux 4.7. */
    if (mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,mode=0620,ptmxmode=0666") != 0)
        fail(STEP_MOUNT, errno, "cannot mount the sandbox's /dev/pts");
}
