/*
 * A seccomp filter with the rules of stock Nix and the ways around them: no set-user-id or set-group-id bits by any call
 * that sets a mode, and no extended attributes. A store has neither, and a set-user-id program that a build leaves
 * behind would serve another user of the host while the build runs.
 *
 * Calls whose arguments lie in memory cannot be judged: openat2 and io_uring are answered with ENOSYS, after which
 * programs use the older calls.
 */
#define _GNU_SOURCE
#include "sandbox.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

enum rule_kind { REFUSE_MODE, REFUSE_ATTRIBUTE, ABSENT };

struct rule {
    enum rule_kind kind;
    int call;
    int mode_argument;
    int flags_argument; /* open: the mode counts only when a file may be made; -1: it always counts */
};

/* Calls that are newer than some headers have one number everywhere. */
enum { CALL_SETXATTRAT = 463, CALL_FCHMODAT2 = 452, CALL_OPENAT2 = 437, CALL_IO_URING_SETUP = 425 };

#define NEW_CALLS \
    {REFUSE_MODE, CALL_FCHMODAT2, 2, -1}, {REFUSE_ATTRIBUTE, CALL_SETXATTRAT, 0, 0}, \
    {ABSENT, CALL_OPENAT2, 0, 0}, {ABSENT, CALL_IO_URING_SETUP, 0, 0}

static const struct rule native_rules[] = {
#ifdef SYS_chmod
    {REFUSE_MODE, SYS_chmod, 1, -1},
    {REFUSE_MODE, SYS_open, 2, 1},
    {REFUSE_MODE, SYS_creat, 1, -1},
    {REFUSE_MODE, SYS_mknod, 1, -1},
#endif
    {REFUSE_MODE, SYS_fchmod, 1, -1},
    {REFUSE_MODE, SYS_fchmodat, 2, -1},
    {REFUSE_MODE, SYS_openat, 3, 2},
    {REFUSE_MODE, SYS_mknodat, 2, -1},
    {REFUSE_ATTRIBUTE, SYS_setxattr, 0, 0},
    {REFUSE_ATTRIBUTE, SYS_lsetxattr, 0, 0},
    {REFUSE_ATTRIBUTE, SYS_fsetxattr, 0, 0},
    NEW_CALLS,
};

/* i386 and 32-bit ARM share these numbers, save for the three groups marked below. */
#define COMPATIBLE_RULES(fchmodat, openat, mknodat) \
    {REFUSE_MODE, 15, 1, -1},       /* chmod */ \
    {REFUSE_MODE, 94, 1, -1},       /* fchmod */ \
    {REFUSE_MODE, fchmodat, 2, -1}, \
    {REFUSE_MODE, 5, 2, 1},         /* open */ \
    {REFUSE_MODE, openat, 3, 2}, \
    {REFUSE_MODE, 8, 1, -1},        /* creat */ \
    {REFUSE_MODE, 14, 1, -1},       /* mknod */ \
    {REFUSE_MODE, mknodat, 2, -1}, \
    {REFUSE_ATTRIBUTE, 226, 0, 0},  /* setxattr, lsetxattr, fsetxattr */ \
    {REFUSE_ATTRIBUTE, 227, 0, 0}, \
    {REFUSE_ATTRIBUTE, 228, 0, 0}, \
    NEW_CALLS

#if defined(__x86_64__)
enum { NATIVE = AUDIT_ARCH_X86_64, COMPATIBLE = AUDIT_ARCH_I386, NUMBER_MASK = 0xbfffffff }; /* x32's bit */
static const struct rule compatible_rules[] = {COMPATIBLE_RULES(306, 295, 297)};
#elif defined(__aarch64__)
enum { NATIVE = AUDIT_ARCH_AARCH64, COMPATIBLE = AUDIT_ARCH_ARM, NUMBER_MASK = -1 };
static const struct rule compatible_rules[] = {COMPATIBLE_RULES(333, 322, 324)};
#elif defined(__riscv) && __riscv_xlen == 64
enum { NATIVE = AUDIT_ARCH_RISCV64, COMPATIBLE = AUDIT_ARCH_RISCV32, NUMBER_MASK = -1 };
#define compatible_rules native_rules
#elif defined(__powerpc64__) && __BYTE_ORDER == __LITTLE_ENDIAN
enum { NATIVE = AUDIT_ARCH_PPC64LE, COMPATIBLE = 0, NUMBER_MASK = -1 };
#define compatible_rules native_rules
#elif defined(__s390x__)
enum { NATIVE = AUDIT_ARCH_S390X, COMPATIBLE = 0, NUMBER_MASK = -1 };
#define compatible_rules native_rules
#else
#error "the system call filter does not know this architecture"
#endif

enum { INSTRUCTIONS_MAX = 256 };

struct program {
    struct sock_filter instructions[INSTRUCTIONS_MAX];
    unsigned short count;
};

static void emit(struct program *program, unsigned code, uint32_t operand, unsigned if_true, unsigned if_false)
{
    if (program->count == INSTRUCTIONS_MAX)
        fail(STEP_RESTRICT, 0, "the system call filter is too long");
    program->instructions[program->count++] = (struct sock_filter){
        (unsigned short)code, (unsigned char)if_true, (unsigned char)if_false, operand};
}

static void emit_answer(struct program *program, uint32_t answer)
{
    emit(program, BPF_RET | BPF_K, answer, 0, 0);
}

/* The lower half: modes and flags are 32 bits wide. */
static void emit_load_argument(struct program *program, int number)
{
    size_t offset = offsetof(struct seccomp_data, args) + (size_t)number * sizeof(uint64_t);
    if (__BYTE_ORDER == __BIG_ENDIAN)
        offset += sizeof(uint32_t);
    emit(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void emit_rule(struct program *program, const struct rule *rule)
{
    const uint32_t created = O_CREAT | (O_TMPFILE & ~O_DIRECTORY);
    unsigned short start = program->count;
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)rule->call, 0, 0);
    if (rule->kind == REFUSE_MODE) {
        if (rule->flags_argument >= 0) {
            emit_load_argument(program, rule->flags_argument);
            emit(program, BPF_JMP | BPF_JSET | BPF_K, created, 1, 0);
            emit_answer(program, SECCOMP_RET_ALLOW);
        }
        emit_load_argument(program, rule->mode_argument);
        emit(program, BPF_JMP | BPF_JSET | BPF_K, S_ISUID | S_ISGID, 1, 0);
        emit_answer(program, SECCOMP_RET_ALLOW);
        emit_answer(program, SECCOMP_RET_ERRNO | EPERM);
    } else {
        emit_answer(program, SECCOMP_RET_ERRNO | (rule->kind == ABSENT ? ENOSYS : ENOTSUP));
    }
    program->instructions[start].jf = (unsigned char)(program->count - start - 1);
}

/* Everything for one architecture; passed over when the call is made for another one. */
static void emit_rules(struct program *program, uint32_t architecture, const struct rule *rules, size_t count)
{
    unsigned short start = program->count;
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0);
    emit(program, BPF_JMP | BPF_JA, 0, 0, 0);
    emit(program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
    emit(program, BPF_ALU | BPF_AND | BPF_K, (uint32_t)NUMBER_MASK, 0, 0);
    for (size_t index = 0; index < count; index++)
        emit_rule(program, &rules[index]);
    emit_answer(program, SECCOMP_RET_ALLOW);
    program->instructions[start + 1].k = (uint32_t)(program->count - start - 2);
}

void install_filter(void)
{
    static struct program program;
    emit(&program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch), 0, 0);
    emit_rules(&program, NATIVE, native_rules, sizeof native_rules / sizeof *native_rules);
    if (COMPATIBLE != 0)
        emit_rules(&program, COMPATIBLE, compatible_rules, sizeof compatible_rules / sizeof *compatible_rules);
    emit_answer(&program, SECCOMP_RET_ERRNO | ENOSYS);

    struct sock_fprog filter = {program.count, program.instructions};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        fail(STEP_RESTRICT, errno, "cannot give up new privileges");
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
        fail(STEP_RESTRICT, errno, "cannot install the system call filter (does the kernel have CONFIG_SECCOMP_FILTER?)");
}
