/* Says which step failed and why, and names the setting that forbids it, where one is known. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static int report_descriptor = -1;

void report_to(int descriptor)
{
    report_descriptor = descriptor;
}

/* A number from /proc/sys; -1 when there is no such setting. */
static long read_setting(const char *path)
{
    char text[32] = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return -1;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    return length > 0 ? strtol(text, NULL, 10) : -1;
}

static const char *user_namespace_hint(int error)
{
    if (read_setting("/proc/sys/kernel/unprivileged_userns_clone") == 0)
        return "unprivileged user namespaces are off on this host; as root run: sysctl "
               "kernel.unprivileged_userns_clone=1";
    if (read_setting("/proc/sys/user/max_user_namespaces") == 0)
        return "user namespaces are off on this host; as root run: sysctl user.max_user_namespaces=65536";
    if (read_setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1 && geteuid() != 0)
        return "AppArmor restricts user namespaces on this host; as root run: sysctl "
               "kernel.apparmor_restrict_unprivileged_userns=0";
    if (error == ENOSPC)
        return "too many namespaces exist, or they are nested too deeply; see /proc/sys/user/max_*_namespaces";
    if (error == EPERM)
        return "namespaces are forbidden to this process; in a container, allow unshare, clone and mount in its "
               "seccomp profile or run it privileged";
    if (error == EINVAL)
        return "this kernel was built without a namespace that the sandbox needs";
    return NULL;
}

static const char *emulator_hint(int error)
{
    static char text[256];
    struct utsname system;
    int major, minor;
    if (error == ENODEV)
        return "this kernel has no binfmt_misc; as root run: modprobe binfmt_misc";
    if (error != EPERM || uname(&system) != 0 || sscanf(system.release, "%d.%d", &major, &minor) != 2)
        return NULL;
    if (major > 6 || (major == 6 && minor >= 7)) {
        const char *known = user_namespace_hint(0);
        return known != NULL ? known
                             : "a container or security module forbids it; in a container, allow mounts of binfmt_misc in "
                               "its seccomp and AppArmor profiles or run it privileged";
    }
    snprintf(text, sizeof text,
        "emulators of one build only need Linux 6.7 or newer and this is %.64s; take a newer kernel, or have root "
        "register the emulator on the host with flag F", system.release);
    return text;
}

static const char *hint(enum step step, int error)
{
    switch (step) {
    case STEP_CREATE_NAMESPACES:
        return user_namespace_hint(error);
    case STEP_MAP_IDENTITY:
        return error == EPERM || error == EINVAL
            ? "the user or group is not among those that this user namespace or container has; see /proc/self/uid_map"
            : NULL;
    case STEP_MOUNT:
        if (error == ENOSYS)
            return "Linux 5.12 or newer is needed";
        if (error == EMFILE)
            return "the limit of open files (ulimit -n) is lower than the number of paths in the sandbox";
        /* AppArmor lets the namespace be made and then takes its rights away. */
        return error == EPERM || error == EACCES ? user_namespace_hint(0) : NULL;
    case STEP_REGISTER_EMULATOR:
        return emulator_hint(error);
    default:
        return NULL;
    }
}

void fail(enum step step, int error, const char *format, ...)
{
    char what[1024], text[2048];
    va_list values;
    va_start(values, format);
    vsnprintf(what, sizeof what, format, values);
    va_end(values);

    const char *advice = error == 0 ? NULL : hint(step, error);
    snprintf(text, sizeof text, "%s%s%s%s%s%s", what, error == 0 ? "" : ": ",
        error == 0 ? "" : strerror(error), advice == NULL ? "" : " (",
        advice == NULL ? "" : advice, advice == NULL ? "" : ")");

    /* With nobody to report to, the launcher has taken the place of the command that a person started. */
    if (report_descriptor >= 0)
        dprintf(report_descriptor, "%d %d %s", (int)step, error, text);
    else
        dprintf(STDERR_FILENO, "error: %s\n", text);
    _exit(1);
}
