/* Controls in the worker for them, which may wait. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "control.h"
#include "options.h"
#include "worker.h"

/* Numbers of a report that are passed on. */
#define NUMBERS_MOST 64
#define REPORT_ROOM 33000

int control_tell(const char *module, const char *command, char *report, size_t room)
{
  int fd = open(module, O_RDWR | O_CLOEXEC);
  size_t length = 0;
  ssize_t got;
  int error = 0;

  *report = 0;
  /* A module that is not loaded offers nothing. */
  if (fd < 0)
    return errno == ENOENT ? EOPNOTSUPP : errno;
  if (*command && write(fd, command, strlen(command)) < 0)
    error = errno;
  while (length < room - 1 && (got = read(fd, report + length, room - 1 - length)) > 0)
    length += (size_t)got;
  report[length] = 0;
  close(fd);
  return error;
}

int control_run(const char *command, const char *device)
{
  pid_t pid = fork();
  int status;

  if (pid == 0) {
    setenv("CONFORM_DEVICE", device, 1);
    /* A guest has programs, and perhaps no shell. */
    if (*command == '/' && !command[strcspn(command, " \t\n'\"\\$`;&|<>()*?[#~=%")])
      execl(command, command, (char *)NULL);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
  }
  while (pid > 0 && waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR)
      return errno;
  }
  if (pid < 0)
    return errno;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : EIO;
}

/* `{"value":{...}}` of the lines that say a number. */
static void answer_report(struct call *call, char *report)
{
  const char *between = "";
  size_t count = 0;
  char *rest;

  rpc_write_head(call->reply, call->frame->id);
  text_string(call->reply, "{\"value\":{");
  for (char *line = strtok_r(report, "\n", &rest); line && count < NUMBERS_MOST; line = strtok_r(NULL, "\n", &rest)) {
    char *equals = strchr(line, '=');
    char *end;
    long long number = equals ? strtoll(equals + 1, &end, 0) : 0;

    if (!equals || end == equals + 1 || *end)
      continue;
    *equals = 0;
    text_string(call->reply, between);
    text_quoted(call->reply, line);
    text_string(call->reply, ":");
    text_number(call->reply, number);
    between = ",";
    count++;
  }
  text_string(call->reply, "}}}\n");
}

void call_control(struct call *call)
{
  const char *text = (const char *)(call->frame + 1);
  char *report = calloc(1, REPORT_ROOM);
  int error = ENOMEM;

  if (report) {
    switch (call->frame->request) {
    case CONTROL_INJECT:
      error = control_tell(INJECT_MODULE, text, report, REPORT_ROOM);
      break;
    case CONTROL_CONSUMER:
      error = control_tell(CONSUMER_MODULE, text, report, REPORT_ROOM);
      break;
    case CONTROL_PLUG:
      error = control_run(options.on_plug, text);
      break;
    default:
      error = control_run(options.on_remove, text);
      break;
    }
  }
  if (error)
    answer_errno(call, error);
  else
    answer_report(call, report);
  free(report);
}
