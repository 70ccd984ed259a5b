/* What a hostile builder tries. Each attempt prints its name and the errno it met, 0 for success. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <unistd.h>

static void tell(const char *name, long result)
{
    printf("%s %d\n", name, result < 0 ? errno : 0);
}

#ifdef __x86_64__
/* The 32-bit entry takes 32-bit pointers, so its text must lie low. */
static char *low_text(const char *text)
{
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    return strcpy(page, text);
}

static sigjmp_buf no_narrow_calls;

static void leave(int signal)
{
    (void)signal;
    siglongjmp(no_narrow_calls, 1);
}

/* A kernel with the 32-bit mode off answers the instruction with a signal, which counts as a missing call. */
static long narrow(long number, long first, long second, long third, long fourth)
{
    long result;
    signal(SIGSEGV, leave);
    if (sigsetjmp(no_narrow_calls, 1)) {
        errno = ENOSYS;
        return -1;
    }
    register long fourth_register asm("esi") = fourth;
    __asm__ volatile("int $0x80" : "=a"(result)
        : "a"(number), "b"(first), "c"(second), "d"(third), "r"(fourth_register)
        : "memory", "r8", "r9", "r10", "r11");
    if ((int)result < 0) {
        errno = -(int)result;
        return -1;
    }
    return result;
}
#endif

static void modes(void)
{
    struct { unsigned long long flags, mode, resolve; } how = {O_CREAT | O_WRONLY, 04755, 0};
    int file = open("plain", O_CREAT | O_RDWR, 0755);
    tell("chmod", syscall(SYS_chmod, "plain", 04755));
    tell("chmod-group", syscall(SYS_chmod, "plain", 02755));
    tell("fchmod", fchmod(file, 06755));
    tell("fchmodat", syscall(SYS_fchmodat, AT_FDCWD, "plain", 04755));
    tell("fchmodat2", syscall(452, AT_FDCWD, "plain", 04755, 0));
    tell("open", syscall(SYS_open, "a", O_CREAT | O_WRONLY, 04755));
    tell("openat", syscall(SYS_openat, AT_FDCWD, "b", O_CREAT | O_WRONLY, 02755));
    tell("tmpfile", syscall(SYS_openat, AT_FDCWD, ".", O_TMPFILE | O_WRONLY, 04755));
    tell("creat", syscall(SYS_creat, "c", 04755));
    tell("openat2", syscall(437, AT_FDCWD, "d", &how, sizeof how));
    tell("mknod", syscall(SYS_mknod, "e", S_IFREG | 04755, 0));
    tell("mknodat", syscall(SYS_mknodat, AT_FDCWD, "f", S_IFREG | 04755, 0));
    tell("io_uring", syscall(425, 1, NULL));
    tell("harmless-chmod", chmod("plain", 0700));
    tell("harmless-open", open("plain", O_RDONLY, 04755));
    tell("sticky", chmod("plain", 01700));
#ifdef __x86_64__
    char *path = low_text("plain"), *other = low_text("g");
    tell("x32-chmod", syscall(SYS_chmod | 0x40000000, "plain", 04755));
    tell("i386-chmod", narrow(15, (long)path, 04755, 0, 0));
    tell("i386-fchmod", narrow(94, file, 04755, 0, 0));
    tell("i386-fchmodat", narrow(306, AT_FDCWD, (long)path, 04755, 0));
    tell("i386-open", narrow(5, (long)other, O_CREAT | O_WRONLY, 04755, 0));
    tell("i386-openat", narrow(295, AT_FDCWD, (long)other, O_CREAT | O_WRONLY, 04755));
    tell("i386-creat", narrow(8, (long)other, 04755, 0, 0));
    tell("i386-mknod", narrow(14, (long)other, S_IFREG | 04755, 0, 0));
    tell("i386-setxattr", narrow(226, (long)path, (long)low_text("user.x"), (long)path, 1));
    tell("i386-harmless-chmod", narrow(15, (long)path, 0700, 0, 0));
#endif
}

static void attributes(void)
{
    int file = open("plain", O_CREAT | O_RDWR, 0755);
    struct { unsigned long long value; unsigned size, flags; } arguments = {(unsigned long long)"v", 1, 0};
    tell("setxattr", setxattr("plain", "user.x", "v", 1, 0));
    tell("lsetxattr", lsetxattr("plain", "user.x", "v", 1, 0));
    tell("fsetxattr", fsetxattr(file, "user.x", "v", 1, 0));
    tell("setxattrat", syscall(463, AT_FDCWD, "plain", 0, "user.x", &arguments, sizeof arguments));
}

static void processes(void)
{
    tell("read-environment", open("/proc/1/environ", O_RDONLY));
    tell("enter-root", open("/proc/1/root/etc", O_RDONLY));
    tell("enter-directory", open("/proc/1/cwd/etc", O_RDONLY));
    tell("open-descriptor", open("/proc/1/fd/5", O_WRONLY));
    tell("open-namespace", open("/proc/1/ns/mnt", O_RDONLY));
    tell("open-memory", open("/proc/1/mem", O_RDWR));
    tell("trace", ptrace(PTRACE_SEIZE, 1, NULL, NULL));
    tell("read-memory", syscall(SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0));
    kill(1, SIGKILL);
    kill(1, SIGTERM);
    usleep(100000);
    tell("still-here", kill(1, 0));
}

static void kernel(void)
{
    tell("mount", mount("tmpfs", "/tmp", "tmpfs", 0, NULL));
    tell("unmount", umount2("/usr", MNT_DETACH));
    tell("remount", mount(NULL, "/usr", NULL, MS_REMOUNT | MS_BIND, NULL));
    tell("chroot", chroot("/tmp"));
    tell("device", mknod("null", S_IFCHR | 0666, (1 << 8) | 3));
    tell("sysrq", open("/proc/sysrq-trigger", O_WRONLY));
    tell("sysctl", open("/proc/sys/kernel/core_pattern", O_WRONLY));
    tell("hostname", sethostname("x", 1));
    tell("root-file", open("/new", O_CREAT | O_WRONLY, 0644));
    tell("passwd", open("/etc/passwd", O_WRONLY));
    tell("become-root", setuid(0));
}

/* In a namespace of one's own one has every right, but not over what was there before. */
static void nested(void)
{
    uid_t user = getuid();
    gid_t group = getgid();
    char text[64];
    tell("namespace", unshare(CLONE_NEWUSER | CLONE_NEWNS));
    int file = open("/proc/self/setgroups", O_WRONLY);
    tell("groups", write(file, "deny", 4));
    file = open("/proc/self/uid_map", O_WRONLY);
    tell("map", write(file, text, (size_t)snprintf(text, sizeof text, "0 %u 1", user)));
    file = open("/proc/self/gid_map", O_WRONLY);
    tell("map", write(file, text, (size_t)snprintf(text, sizeof text, "0 %u 1", group)));
    tell("own-mount", mount("tmpfs", "/tmp", "tmpfs", 0, NULL));
    tell("remount", mount(NULL, "/usr", NULL, MS_REMOUNT | MS_BIND, NULL));
    tell("remount-root", mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL));
    tell("unmount", umount2("/usr", MNT_DETACH));
    tell("write", open("/usr/new", O_CREAT | O_WRONLY, 0644));
    tell("chmod", chmod("/build", 04755));
    tell("device", mknod("/tmp/null", S_IFCHR | 0666, (1 << 8) | 3));
}

static void network(const char *port, const char *abstract)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(port))};
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    tell("host-loopback", connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&address, sizeof address));
    inet_pton(AF_INET, "192.0.2.1", &address.sin_addr);
    tell("elsewhere", connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&address, sizeof address));
    strcpy(name.sun_path + 1, abstract);
    tell("abstract", connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&name,
        (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(abstract))));
    address.sin_port = 0;
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    tell("own-loopback", bind(socket(AF_INET, SOCK_STREAM, 0), (void *)&address, sizeof address));
    tell("raw", socket(AF_PACKET, SOCK_RAW, 0));
}

int main(int count, char **arguments)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (count == 4 && strcmp(arguments[1], "network") == 0)
        network(arguments[2], arguments[3]);
    else if (count == 2 && strcmp(arguments[1], "modes") == 0)
        modes();
    else if (count == 2 && strcmp(arguments[1], "attributes") == 0)
        attributes();
    else if (count == 2 && strcmp(arguments[1], "processes") == 0)
        processes();
    else if (count == 2 && strcmp(arguments[1], "kernel") == 0)
        kernel();
    else if (count == 2 && strcmp(arguments[1], "nested") == 0)
        nested();
    return 0;
}
