#include "resources.h"

#include <string.h>
#include <time.h>
#include "clock.h"
#include "nldev.h"

/* Microseconds the kernel has to let go of what was closed, and between two looks. */
#define LETTING_GO 2000000
#define LOOK_AGAIN 5000

static struct tally before;

void resources_remember(void)
{
  before = (struct tally){0};
  nldev_count(&before);
}

static int64_t count_in(const struct tally *tally, const char *name)
{
  for (size_t i = 0; i < tally->kinds; i++) {
    if (!strcmp(tally->names[i], name))
      return tally->counts[i];
  }
  return 0;
}

static bool more(const struct tally *now)
{
  for (size_t i = 0; i < now->kinds; i++) {
    if (now->counts[i] > count_in(&before, now->names[i]))
      return true;
  }
  return false;
}

/* The suite's word for an object. */
static const char *word(const char *name)
{
  return strcmp(name, "ctx") ? name : "context";
}

void resources_write_leaks(struct text *json)
{
  const struct timespec pause = {.tv_nsec = LOOK_AGAIN * 1000};
  uint64_t until = clock_microseconds() + LETTING_GO;
  const char *between = "";
  struct tally now = {0};

  for (;;) {
    now = (struct tally){0};
    nldev_count(&now);
    if (!more(&now) || clock_microseconds() >= until)
      break;
    nanosleep(&pause, NULL);
  }
  text_string(json, "{");
  for (size_t i = 0; i < now.kinds; i++) {
    int64_t left = now.counts[i] - count_in(&before, now.names[i]);

    if (left <= 0)
      continue;
    text_string(json, between);
    text_quoted(json, word(now.names[i]));
    text_string(json, ":");
    text_number(json, left);
    between = ",";
  }
  text_string(json, "}");
  /* What was told once is not told again. */
  before = now;
}
