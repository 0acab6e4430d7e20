/* What controls did is undone, so that the next scenario finds the device as the first one did. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
#include "control.h"
#include "descriptors.h"
#include "devices.h"
#include "options.h"

/* Looks at the device file, and milliseconds between them, until it is there. */
#define LOOKS 200
#define LOOK_AGAIN 10
/* The same for the end of a helper, in microseconds. */
#define HELPER_LOOKS 10000
#define HELPER_LOOK_AGAIN 500

static void tell_all(const char *module, const char *action)
{
  char command[300];
  char report[512];

  for (size_t i = 0; i < devices_count(); i++) {
    snprintf(command, sizeof(command), "%s device=%.200s", action, devices_at(i)->name);
    control_tell(module, command, report, sizeof(report));
  }
}

/* In a process of its own, since the supervisor must not wait for a kernel that does not answer. */
static void in_helper(void (*work)(void))
{
  pid_t pid = fork();

  if (pid == 0) {
    descriptors_hush();
    work();
    _exit(0);
  }
  for (int looks = 0; pid > 0 && waitpid(pid, NULL, WNOHANG) == 0; looks++) {
    if (looks == HELPER_LOOKS) {
      fputs("conformd: what controls did cannot be undone in time\n", stderr);
      kill(pid, SIGKILL);
      return;
    }
    usleep(HELPER_LOOK_AGAIN);
  }
}

static void let_go(void)
{
  tell_all(INJECT_MODULE, "restore");
}

void control_let_go(void)
{
  in_helper(let_go);
}

static void wait_for(const char *path)
{
  for (int looks = 0; looks < LOOKS && access(path, F_OK); looks++)
    usleep(LOOK_AGAIN * 1000);
}

static void set_right(void)
{
  tell_all(CONSUMER_MODULE, "kernel_reset");
  for (size_t i = 0; options.on_plug && i < devices_count(); i++) {
    const struct device *device = devices_at(i);

    if (!access(device->path, F_OK))
      continue;
    if (control_run(options.on_plug, device->name))
      fprintf(stderr, "conformd: --on-plug does not bring %s back\n", device->name);
    wait_for(device->path);
  }
}

void control_set_right(void)
{
  in_helper(set_right);
}
