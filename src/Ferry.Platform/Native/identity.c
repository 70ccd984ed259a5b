/* User and group id maps. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static void write_file(pid_t process, const char *name, const char *text)
{
    char path[64];
    if (process == 0)
        snprintf(path, sizeof path, "/proc/self/%s", name);
    else
        snprintf(path, sizeof path, "/proc/%d/%s", process, name);
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0 || write(file, text, strlen(text)) < 0)
        fail(STEP_MAP_IDENTITY, errno, "cannot map '%s' for the sandbox in %s",
            strcmp(name, "setgroups") == 0 ? text : name, path);
    close(file);
}

/* process 0: this one. */
void write_maps(pid_t process, uid_t inside_user, uid_t outside_user, gid_t inside_group, gid_t outside_group)
{
    char text[64];
    /* The kernel wants this before an unprivileged gid_map: dropping a group could otherwise give rights. */
    write_file(process, "setgroups", "deny");
    snprintf(text, sizeof text, "%u %u 1", inside_user, outside_user);
    write_file(process, "uid_map", text);
    snprintf(text, sizeof text, "%u %u 1", inside_group, outside_group);
    write_file(process, "gid_map", text);
}

/* Every id stays what it is. Only root of the namespace above may do that, and only from outside. */
void write_all_maps(pid_t process)
{
    write_file(process, "uid_map", "0 0 4294967295");
    write_file(process, "gid_map", "0 0 4294967295");
}

static int groups_are_fixed(void)
{
    char text[8] = {0};
    int file = open("/proc/self/setgroups", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    return length > 0 && strncmp(text, "deny", 4) == 0;
}

void drop_groups(const struct specification *specification)
{
    if (geteuid() != 0 || specification->host_user == 0 || setgroups(0, NULL) == 0)
        return;
    /* A namespace that an ordinary user made: its groups stay, as they do for any ordinary user. */
    if (errno != EPERM || !groups_are_fixed())
        fail(STEP_MAP_IDENTITY, errno, "cannot drop the groups of root");
}

void enter_program_identity(const struct specification *specification)
{
    /* Process 1 is undumpable, and so would be its child: that hides even its own /proc files from it. */
    if (prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0)
        fail(STEP_MAP_IDENTITY, errno, "cannot make the sandbox's process visible to itself");
    if (unshare(CLONE_NEWUSER) != 0)
        fail(STEP_CREATE_NAMESPACES, errno, "cannot make the sandbox's inner user namespace");
    write_maps(0, specification->user, 0, specification->group, 0);
}
