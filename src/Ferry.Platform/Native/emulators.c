/*
 * Emulators of this sandbox only: an instance of binfmt_misc that belongs to its user namespace (Linux 6.7). The rules
 * hold for this namespace and those below it, and vanish with the instance's last mount or descriptor.
 */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CALL_FSOPEN = 430 };

/* The kernel reads a rule of at most this many bytes. */
enum { RULE_LENGTH_MAX = 1920 };

static void register_one(const struct emulator *emulator, int registrar, const char *interpreter)
{
    char rule[RULE_LENGTH_MAX];
    int length = snprintf(rule, sizeof rule, "%s%s:%s", emulator->rule, interpreter, emulator->flags);
    if (length >= RULE_LENGTH_MAX)
        fail(STEP_REGISTER_EMULATOR, 0, "the rule for the emulator '%s' is too long", emulator->interpreter);
    if (write(registrar, rule, (size_t)length) != length)
        fail(STEP_REGISTER_EMULATOR, errno, "cannot register the emulator '%s'", emulator->interpreter);
}

int register_emulators(const struct specification *specification, const char *directory, const char *staging)
{
    if (specification->emulator_count == 0)
        return -1;
    /* Debian's kernel has it as a module; asking for it loads it, and only then /proc/sys/fs/binfmt_misc exists. */
    int loaded = (int)syscall(CALL_FSOPEN, "binfmt_misc", 0);
    if (loaded < 0 && errno == ENODEV)
        fail(STEP_REGISTER_EMULATOR, errno, "cannot mount binfmt_misc for this sandbox");
    if (loaded >= 0)
        close(loaded);
    if (mount("binfmt_misc", directory, "binfmt_misc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0)
        fail(STEP_REGISTER_EMULATOR, errno, "cannot mount binfmt_misc for this sandbox");
    int instance = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int registrar = instance < 0 ? -1 : openat(instance, "register", O_WRONLY | O_CLOEXEC);
    if (registrar < 0)
        fail(STEP_REGISTER_EMULATOR, errno, "cannot open binfmt_misc of this sandbox");

    for (size_t index = 0; index < specification->emulator_count; index++) {
        const struct emulator *emulator = &specification->emulators[index];
        char path[256];
        if (emulator->tree < 0) {
            register_one(emulator, registrar, emulator->interpreter);
            continue;
        }
        /* Flag F opens the file now; the path need not last, but it must be reachable for the build's own user. */
        snprintf(path, sizeof path, "%s/emulator%zu", staging, index);
        int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file < 0)
            fail(STEP_REGISTER_EMULATOR, errno, "cannot make '%s'", path);
        close(file);
        attach(emulator->tree, path);
        register_one(emulator, registrar, path);
    }
    close(registrar);
    return instance;
}
