/*
 * The root. Sources are taken from the host first, as detached mounts that already carry their restrictions; then the
 * new, empty root is entered; only then are they put in place. So no path of the sandbox is ever looked up on the host,
 * and a link in a writable directory cannot lead a mount astray.
 */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From linux/mount.h, which cannot be included beside every libc's sys/mount.h. */
enum {
    TREE_CLONE = 1,
    TREE_CLOSE_ON_EXEC = O_CLOEXEC,
    TREE_RECURSIVE = 0x8000,
    MOVE_FROM_EMPTY_PATH = 4,
    ATTRIBUTE_READ_ONLY = 1,
    ATTRIBUTE_NO_SETUID = 2,
    ATTRIBUTE_NO_DEVICES = 4,
};

struct attributes {
    uint64_t set, clear, propagation, user_namespace;
};

/* The same numbers on every architecture. */
enum { CALL_OPEN_TREE = 428, CALL_MOVE_MOUNT = 429, CALL_MOUNT_SETATTR = 442 };

static void restrict_mount(int tree, unsigned flags, uint64_t set, const char *name)
{
    struct attributes attributes = {.set = set};
    if (syscall(CALL_MOUNT_SETATTR, tree, "", AT_EMPTY_PATH | flags, &attributes, sizeof attributes) != 0)
        fail(STEP_MOUNT, errno, "cannot restrict the mount of '%s'", name);
}

static int detach(const char *source, int follow)
{
    unsigned flags = TREE_CLONE | TREE_CLOSE_ON_EXEC | TREE_RECURSIVE | (follow ? 0 : AT_SYMLINK_NOFOLLOW);
    return (int)syscall(CALL_OPEN_TREE, AT_FDCWD, source, flags);
}

static char *read_link(const char *path)
{
    char target[PATH_MAX];
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0)
        return NULL;
    target[length] = 0;
    return strdup(target);
}

static void detach_source(struct entry *entry)
{
    static const uint64_t restrictions[] = {
        [ACCESS_READ_ONLY] = ATTRIBUTE_READ_ONLY | ATTRIBUTE_NO_SETUID | ATTRIBUTE_NO_DEVICES,
        [ACCESS_WRITABLE] = ATTRIBUTE_NO_SETUID | ATTRIBUTE_NO_DEVICES,
        [ACCESS_DEVICE] = ATTRIBUTE_NO_SETUID,
        [ACCESS_AS_ON_HOST] = 0,
    };
    struct stat status;
    if (lstat(entry->source, &status) != 0) {
        if (entry->is_optional && (errno == ENOENT || errno == ENOTDIR))
            return;
        fail(STEP_MOUNT, errno, "cannot put '%s' into the sandbox", entry->source);
    }
    if (S_ISLNK(status.st_mode)) {
        entry->link = read_link(entry->source);
        if (entry->link == NULL)
            fail(STEP_MOUNT, errno, "cannot read the link '%s'", entry->source);
        return;
    }
    entry->tree = detach(entry->source, 0);
    if (entry->tree < 0)
        fail(STEP_MOUNT, errno, "cannot put '%s' into the sandbox", entry->source);
    if (restrictions[entry->access] != 0)
        restrict_mount(entry->tree, TREE_RECURSIVE, restrictions[entry->access], entry->source);
}

/* As the caller's own user, who may reach what the build's user may not. */
void detach_sources(struct specification *specification)
{
    for (size_t index = 0; index < specification->entry_count; index++)
        if (specification->entries[index].code == CODE_BIND)
            detach_source(&specification->entries[index]);

    /* On the host's own root the emulators are reachable by their names. */
    for (size_t index = 0; index < specification->emulator_count && specification->root != ROOT_HOST; index++) {
        struct emulator *emulator = &specification->emulators[index];
        emulator->tree = detach(emulator->interpreter, 1);
        if (emulator->tree < 0)
            fail(STEP_REGISTER_EMULATOR, errno, "cannot open the emulator '%s'", emulator->interpreter);
    }
}

void attach(int tree, const char *target)
{
    if (syscall(CALL_MOVE_MOUNT, tree, "", AT_FDCWD, target, MOVE_FROM_EMPTY_PATH) != 0)
        fail(STEP_MOUNT, errno, "cannot mount on '%s' in the sandbox", target);
    close(tree);
}

void make_directories(const char *path, mode_t mode, int with_last)
{
    char copy[PATH_MAX];
    if (strlen(path) >= sizeof copy)
        fail(STEP_MOUNT, ENAMETOOLONG, "cannot make '%s' in the sandbox", path);
    strcpy(copy, path);
    for (char *slash = strchr(copy + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(copy, 0755) != 0 && errno != EEXIST)
            fail(STEP_MOUNT, errno, "cannot make '%s' in the sandbox", copy);
        *slash = '/';
    }
    if (with_last && mkdir(copy, mode) != 0 && errno != EEXIST)
        fail(STEP_MOUNT, errno, "cannot make '%s' in the sandbox", copy);
}

static void add_file(const struct entry *entry)
{
    int file = open(entry->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, entry->mode);
    size_t written = 0;
    while (file >= 0 && written < entry->source_length) {
        ssize_t count = write(file, entry->source + written, entry->source_length - written);
        if (count < 0)
            break;
        written += (size_t)count;
    }
    if (file < 0 || written < entry->source_length)
        fail(STEP_MOUNT, errno, "cannot write '%s' in the sandbox", entry->path);
    close(file);
}

static void add_link(const char *target, const char *path)
{
    if (symlink(target, path) != 0)
        fail(STEP_MOUNT, errno, "cannot make the link '%s' in the sandbox", path);
}

static void add_bind(const struct entry *entry)
{
    struct stat status;
    if (entry->link != NULL) {
        add_link(entry->link, entry->path);
        return;
    }
    if (entry->tree < 0)
        return;
    if (fstat(entry->tree, &status) != 0)
        fail(STEP_MOUNT, errno, "cannot examine '%s'", entry->source);
    if (S_ISDIR(status.st_mode)) {
        if (mkdir(entry->path, 0755) != 0 && errno != EEXIST)
            fail(STEP_MOUNT, errno, "cannot make '%s' in the sandbox", entry->path);
    } else {
        int file = open(entry->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (file < 0 && errno != EEXIST)
            fail(STEP_MOUNT, errno, "cannot make '%s' in the sandbox", entry->path);
        if (file >= 0)
            close(file);
    }
    attach(entry->tree, entry->path);
}

static void add_temporary_directory(const struct entry *entry)
{
    char options[64];
    int length = snprintf(options, sizeof options, "mode=%o", (unsigned)entry->mode);
    if (entry->size != 0)
        snprintf(options + length, sizeof options - (size_t)length, ",size=%llu", (unsigned long long)entry->size);
    make_directories(entry->path, 0755, 1);
    if (mount("tmpfs", entry->path, "tmpfs", MS_NOSUID | MS_NODEV, options) != 0)
        fail(STEP_MOUNT, errno, "cannot mount a temporary directory on '%s' in the sandbox", entry->path);
}

static void add_entry(const struct entry *entry)
{
    if (entry->code == CODE_BIND && entry->tree < 0 && entry->link == NULL)
        return; /* optional, and not there */
    if (entry->code != CODE_DIRECTORY && entry->code != CODE_TEMPORARY_DIRECTORY)
        make_directories(entry->path, 0755, 0);
    switch (entry->code) {
    case CODE_TEMPORARY_DIRECTORY:
        add_temporary_directory(entry);
        break;
    case CODE_DIRECTORY:
        make_directories(entry->path, entry->mode, 1);
        break;
    case CODE_FILE:
        add_file(entry);
        break;
    case CODE_LINK:
        add_link(entry->source, entry->path);
        break;
    case CODE_UNION:
        fail(STEP_PREPARE, 0, "'%s': directories can only be united on the host's own root", entry->path);
    default:
        add_bind(entry);
    }
}

int clone_mount(int directory)
{
    int tree = (int)syscall(CALL_OPEN_TREE, directory, "", TREE_CLONE | TREE_CLOSE_ON_EXEC | AT_EMPTY_PATH);
    if (tree < 0)
        fail(STEP_MOUNT, errno, "cannot take a mount along into the sandbox");
    return tree;
}

/* The working directory must be the new root, a mount of its own. */
void enter_root(void)
{
    /* Both arguments the same: the old root lies on top of the new one, and is taken away. */
    if (syscall(SYS_pivot_root, ".", ".") != 0)
        fail(STEP_ENTER_ROOT, errno, "cannot enter the sandbox's root");
    if (umount2(".", MNT_DETACH) != 0)
        fail(STEP_ENTER_ROOT, errno, "cannot leave the host's root");
    if (chdir("/") != 0)
        fail(STEP_ENTER_ROOT, errno, "cannot enter the sandbox's root");
}

/* Nothing may be made on the host, so every target must be there. */
void build_on_host_root(const struct specification *specification)
{
    for (size_t index = 0; index < specification->entry_count; index++) {
        const struct entry *entry = &specification->entries[index];
        if (entry->code == CODE_UNION) {
            if (mount("overlay", entry->path, "overlay", MS_RDONLY, entry->source) != 0)
                fail(STEP_MOUNT, errno, "cannot unite directories on '%s' (Linux 5.11 or newer is needed)", entry->path);
            continue;
        }
        if (entry->code != CODE_BIND || entry->link != NULL)
            fail(STEP_PREPARE, 0, "'%s' cannot be put into the host's own root", entry->path);
        if (entry->tree >= 0)
            attach(entry->tree, entry->path);
    }
}

void build_root(const struct specification *specification)
{
    for (size_t index = 0; index < specification->entry_count; index++)
        add_entry(&specification->entries[index]);
    if (specification->flags & HAS_DEVICES)
        mount_device_file_systems();
    /* Otherwise the program, which owns it, could add to it. */
    int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0)
        fail(STEP_ENTER_ROOT, errno, "cannot open the sandbox's root");
    restrict_mount(root, 0, ATTRIBUTE_READ_ONLY, "/");
    close(root);
}
