// The head of a bundle: a static program with an archive of store paths behind it. It unpacks the archive once into the
// user's cache, shows it at the place of the store in a mount namespace of its own, and becomes the program inside.
//
// Behind the ELF file: a gzip'ed tar whose members are named BASENAME/… of store paths, and a footer of FOOTER_BYTES:
// lines for magic, offset and size of the archive, its identity, the store's directory and the program; then spaces.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { FOOTER_BYTES = 1024, BLOCK_BYTES = 512, COPY_BYTES = 1 << 16 };

static const char magic[] = "ferry-bundle-1";
static const char cache_variable[] = "FERRY_BUNDLE_CACHE";
static char self[PATH_MAX];

struct footer {
  long long offset;
  long long size;
  char identity[65];
  char store[256];
  char program[512];
};

static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "%s: ", self);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(127);
}

static char *join(const char *format, ...) {
  char *text;
  va_list arguments;
  va_start(arguments, format);
  if (vasprintf(&text, format, arguments) < 0)
    fail("out of memory");
  va_end(arguments);
  return text;
}

// ---- The archive

static struct footer read_footer(int file) {
  char text[FOOTER_BYTES + 1] = {0};
  struct stat status;
  struct footer footer = {0};
  if (fstat(file, &status) != 0 || status.st_size < FOOTER_BYTES ||
      pread(file, text, FOOTER_BYTES, status.st_size - FOOTER_BYTES) != FOOTER_BYTES)
    fail("cannot read the bundle: %s", strerror(errno));
  char found[sizeof magic];
  if (sscanf(text, "%14[^\n]\n%lld\n%lld\n%64[0-9a-f]\n%255[^\n]\n%511[^\n]\n", found, &footer.offset,
             &footer.size, footer.identity, footer.store, footer.program) != 6 ||
      strcmp(found, magic) != 0 || footer.offset < 0 || footer.size < 0 ||
      footer.offset + footer.size + FOOTER_BYTES != status.st_size)
    fail("the bundle is cut short or damaged; copy it again");
  return footer;
}

static void read_whole(gzFile archive, void *target, size_t bytes) {
  int got = gzread(archive, target, (unsigned)bytes);
  if (got < 0 || (size_t)got != bytes) {
    int code;
    fail("the bundle's archive is damaged (%s); copy it again", gzerror(archive, &code));
  }
}

static void skip_padding(gzFile archive, long long size) {
  char block[BLOCK_BYTES];
  if (size % BLOCK_BYTES != 0)
    read_whole(archive, block, BLOCK_BYTES - (size_t)(size % BLOCK_BYTES));
}

static char *read_text(gzFile archive, long long size) {
  if (size < 0 || size > PATH_MAX * 2)
    fail("the bundle's archive has a name of %lld bytes", size);
  char *text = calloc(1, (size_t)size + 1);
  if (text == NULL)
    fail("out of memory");
  read_whole(archive, text, (size_t)size);
  skip_padding(archive, size);
  return text;
}

// A name may lead nowhere but below the folder that it is unpacked into.
static void check_name(const char *name) {
  if (name[0] == '/' || name[0] == 0)
    fail("the bundle's archive names '%s'", name);
  for (const char *part = name; part != NULL; part = strchr(part, '/'), part = part ? part + 1 : NULL)
    if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == 0))
      fail("the bundle's archive names '%s'", name);
}

static void unpack_file(gzFile archive, int folder, const char *name, mode_t mode, long long size) {
  static char buffer[COPY_BYTES];
  int file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0)
    fail("cannot make '%s': %s", name, strerror(errno));
  for (long long left = size; left > 0;) {
    size_t part = left < COPY_BYTES ? (size_t)left : COPY_BYTES;
    read_whole(archive, buffer, part);
    for (size_t done = 0; done < part;) {
      ssize_t written = write(file, buffer + done, part - done);
      if (written < 0)
        fail("cannot write '%s': %s", name, strerror(errno));
      done += (size_t)written;
    }
    left -= (long long)part;
  }
  skip_padding(archive, size);
  if (fchmod(file, mode & 0555) != 0 || close(file) != 0)
    fail("cannot write '%s': %s", name, strerror(errno));
}

static void unpack(int file, long long offset, const char *target) {
  int folder = open(target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0 || lseek(file, offset, SEEK_SET) < 0)
    fail("cannot open '%s': %s", target, strerror(errno));
  gzFile archive = gzdopen(dup(file), "r");
  if (archive == NULL)
    fail("out of memory");
  char block[BLOCK_BYTES];
  char *long_name = NULL;
  char *long_link = NULL;
  for (;;) {
    read_whole(archive, block, BLOCK_BYTES);
    if (block[0] == 0)
      break;
    char number[13] = {0};
    long long size = strtoll(memcpy(number, block + 124, 12), NULL, 8);
    mode_t mode = (mode_t)strtoul(memcpy(number, block + 100, 8), NULL, 8);
    char type = block[156];
    if (type == 'L' || type == 'K') {
      char **text = type == 'L' ? &long_name : &long_link;
      *text = read_text(archive, size);
      continue;
    }
    char *name = long_name ? long_name : strndup(block, 100);
    char *link = long_link ? long_link : strndup(block + 157, 100);
    long_name = long_link = NULL;
    check_name(name);
    // Folders can be written until the end; who unpacks owns them.
    if (type == '5' && mkdirat(folder, name, 0755) != 0)
      fail("cannot make '%s': %s", name, strerror(errno));
    else if (type == '2' && symlinkat(link, folder, name) != 0)
      fail("cannot make '%s': %s", name, strerror(errno));
    else if (type == '0' || type == 0)
      unpack_file(archive, folder, name, mode, size);
    else if (type != '5' && type != '2')
      fail("the bundle's archive has a member '%s' of kind '%c'", name, type);
    free(name);
    free(link);
  }
  // Reads to the end, where the checksum is.
  while (gzread(archive, block, BLOCK_BYTES) > 0)
    continue;
  if (!gzeof(archive))
    fail("the bundle's archive is damaged; copy it again");
  gzclose(archive);
  close(folder);
}

// ---- The cache

static void make_folder(const char *path) {
  if (mkdir(path, 0700) != 0 && errno != EEXIST)
    fail("cannot make '%s': %s", path, strerror(errno));
}

static char *cache_folder(void) {
  const char *chosen = getenv(cache_variable);
  const char *cache = getenv("XDG_CACHE_HOME");
  const char *home = getenv("HOME");
  char *folder;
  if (chosen != NULL && chosen[0] == '/') {
    folder = strdup(chosen);
  } else if (cache != NULL && cache[0] == '/') {
    make_folder(cache);
    folder = join("%s/ferry-bundles", cache);
  } else if (home != NULL && home[0] == '/' && access(home, W_OK) == 0) {
    char *parent = join("%s/.cache", home);
    make_folder(parent);
    folder = join("%s/ferry-bundles", parent);
  } else {
    folder = join("/tmp/ferry-bundles-%u", (unsigned)geteuid());
  }
  make_folder(folder);
  struct stat status;
  // What others could write, they could replace by programs of their own.
  if (lstat(folder, &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != geteuid() ||
      (status.st_mode & 022) != 0)
    fail("'%s' is not a folder that only you can write; set %s to another one", folder, cache_variable);
  return folder;
}

// The folder with the unpacked paths. It appears whole: another process may be unpacking the same bundle.
static char *unpacked(int file, const struct footer *footer) {
  char *cache = cache_folder();
  char *folder = join("%s/%s", cache, footer->identity);
  if (access(folder, F_OK) == 0)
    return folder;
  char *temporary = join("%s/.new-XXXXXX", cache);
  if (mkdtemp(temporary) == NULL)
    fail("cannot make '%s': %s", temporary, strerror(errno));
  char *store = join("%s/store", temporary);
  char *root = join("%s/root", temporary);
  make_folder(store);
  make_folder(root);
  if (chmod(store, 0755) != 0)
    fail("cannot change '%s': %s", store, strerror(errno));
  unpack(file, footer->offset, store);
  if (rename(temporary, folder) != 0 && errno != EEXIST && errno != ENOTEMPTY)
    fail("cannot make '%s': %s", folder, strerror(errno));
  return folder;
}

// ---- The namespace

static void write_file(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0 || write(file, text, strlen(text)) < 0)
    fail("cannot write '%s': %s", path, strerror(errno));
  close(file);
}

static void enter_namespace(void) {
  unsigned user = geteuid();
  unsigned group = getegid();
  // Root needs no user namespace, and may be in one already.
  if (user != 0 || unshare(CLONE_NEWNS) != 0) {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
      fail("this machine lets nobody but root make namespaces (%s), without which the bundle's files cannot be where "
           "its program expects them; run it as root, or allow user namespaces",
           strerror(errno));
    write_file("/proc/self/setgroups", "deny");
    write_file("/proc/self/uid_map", join("%u %u 1", user, user));
    write_file("/proc/self/gid_map", join("%u %u 1", group, group));
  }
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    fail("cannot separate mounts: %s", strerror(errno));
}

// Shows everything in a folder of the machine below the new root, but one name.
static void show_entries(const char *source, const char *target, const char *except) {
  DIR *entries = opendir(source);
  if (entries == NULL)
    return;
  struct dirent *entry;
  while ((entry = readdir(entries)) != NULL) {
    const char *name = entry->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, except) == 0)
      continue;
    char *from = join("%s/%s", source, name);
    char *to = join("%s/%s", target, name);
    struct stat status;
    if (lstat(from, &status) != 0)
      continue;
    if (S_ISLNK(status.st_mode)) {
      char link[PATH_MAX] = {0};
      if (readlink(from, link, sizeof link - 1) > 0 && symlink(link, to) != 0)
        fail("cannot make '%s': %s", to, strerror(errno));
    } else {
      if (S_ISDIR(status.st_mode))
        make_folder(to);
      else
        close(open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
      // What cannot be shown, such as a folder that this user may not see, is missing inside.
      mount(from, to, NULL, MS_BIND | MS_REC, NULL);
    }
    free(from);
    free(to);
  }
  closedir(entries);
}

static void show_store(const char *store, const char *unpacked_store, const char *target) {
  struct stat status;
  if (stat(store, &status) == 0) {
    // The machine has a store of its own, whose programs the bundle's may call.
    char *options = join("lowerdir=%s:%s", store, unpacked_store);
    if (mount("overlay", target, "overlay", MS_RDONLY, options) == 0)
      return;
  }
  if (mount(unpacked_store, target, NULL, MS_BIND | MS_REC, NULL) != 0)
    fail("cannot show '%s': %s", unpacked_store, strerror(errno));
}

static void enter(const struct footer *footer, const char *folder) {
  char *working = getcwd(NULL, 0);
  char *root = join("%s/root", folder);
  // "/nix/store": the part above the store is made anew, with what else the machine has there.
  char *top = strdup(footer->store + 1);
  char *name = strchr(top, '/');
  if (name == NULL || strchr(name + 1, '/') != NULL)
    fail("the bundle is for a store at '%s'", footer->store);
  *name++ = 0;
  enter_namespace();
  if (mount("bundle", root, "tmpfs", 0, "mode=755") != 0)
    fail("cannot mount a file system in memory: %s", strerror(errno));
  show_entries("/", root, top);
  char *top_target = join("%s/%s", root, top);
  char *store_target = join("%s/%s", top_target, name);
  make_folder(top_target);
  show_entries(join("/%s", top), top_target, name);
  make_folder(store_target);
  show_store(footer->store, join("%s/store", folder), store_target);
  if (chroot(root) != 0 || chdir(working != NULL ? working : "/") != 0)
    fail("cannot enter '%s': %s", root, strerror(errno));
}

int main(int count, char **arguments) {
  (void)count;
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length <= 0)
    fail("/proc is not there");
  int file = open(self, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    fail("cannot read the bundle: %s", strerror(errno));
  struct footer footer = read_footer(file);
  // On a machine that has the program in its store there is nothing to show, unless somebody wants to see it work.
  if (getenv(cache_variable) != NULL || access(footer.program, X_OK) != 0)
    enter(&footer, unpacked(file, &footer));
  arguments[0] = footer.program;
  execv(footer.program, arguments);
  fail("cannot run '%s': %s", footer.program, strerror(errno));
}
