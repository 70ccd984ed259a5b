// Runs a command and appends what it cost to a file: "CPU-µs WALL-µs PEAK-KIB STATUS", its own and its waited children's.
// A program of its own, and a tiny one: Linux counts the memory of whoever starts a program as that program's own peak.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

int main(int count, char **arguments) {
  if (count < 3) {
    fputs("usage: measure FILE COMMAND [ARGUMENT...]\n", stderr);
    return 2;
  }

  FILE *report = fopen(arguments[1], "ae");
  if (!report) {
    fprintf(stderr, "measure: cannot open '%s': %s\n", arguments[1], strerror(errno));
    return 2;
  }

  long long started = now();
  pid_t child = fork();
  if (child == 0) {
    execvp(arguments[2], arguments + 2);
    fprintf(stderr, "measure: cannot run '%s': %s\n", arguments[2], strerror(errno));
    _exit(127);
  }

  int status;
  struct rusage used;
  if (child < 0 || wait4(child, &status, 0, &used) < 0) {
    perror("measure");
    return 2;
  }

  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  fprintf(report, "%lld %lld %ld %d\n", microseconds(used.ru_utime) + microseconds(used.ru_stime), now() - started,
          used.ru_maxrss, code);
  return code;
}
