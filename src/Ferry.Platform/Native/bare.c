/* The end of a program without a sandbox: nothing that it started outlives it. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* Returns how many there were: children of this process, which collects orphans, but not their children. */
static int kill_children(void)
{
    int count = 0;
    pid_t child;
    FILE *children = fopen("/proc/thread-self/children", "re");
    while (children != NULL && fscanf(children, "%d", &child) == 1) {
        kill(child, SIGKILL);
        count++;
    }
    if (children != NULL)
        fclose(children);
    return count;
}

__attribute__((noreturn))
static void end_all(pid_t program, int status)
{
    /* Where the kernel lists no children, the program's session is all that is known. */
    kill(-program, SIGKILL);
    for (;;) {
        int ended_status;
        int count = kill_children();
        pid_t ended = waitpid(-1, &ended_status, count > 0 ? 0 : WNOHANG);
        if (ended == program)
            status = ended_status;
        if (ended == 0 || (ended < 0 && errno == ECHILD))
            break;
    }
    ssize_t written = write(RESULT_FD, &status, sizeof status);
    _exit(written == sizeof status ? 0 : 1);
}

/* Waits for the program, and ends it when this process is told to end or its parent has ended. */
void supervise_bare(pid_t program, int parent, int signals)
{
    struct pollfd events[] = {{.fd = parent, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
    for (;;) {
        int status;
        if ((poll(events, 2, -1) < 0 && errno != EINTR) || events[0].revents != 0)
            end_all(program, SIGKILL);
        struct signalfd_siginfo information;
        if (events[1].revents != 0 && read(signals, &information, sizeof information) > 0
            && information.ssi_signo != SIGCHLD)
            end_all(program, SIGKILL);
        pid_t ended;
        while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
            if (ended == program)
                end_all(program, status);
    }
}
