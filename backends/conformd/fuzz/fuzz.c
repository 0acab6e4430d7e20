/*
 * Throws lines at an agent, most of them wrong in some way, and looks whether it stays what it should be:
 *
 *   build/conformd/fuzz build/conformd/asan/conformd [LINES [SEED]]
 *
 * Every line that comes back must be a JSON-RPC answer, every ping must be answered, the agent must end with 0, and a
 * message that is read quickly must be answered as the same message read as JSON. Same seed, same lines (but for pids).
 */
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../text.h"
#include "lines.h"

/* What must be answered has ids from here on, each once; what is made up is below. */
#define OWN_IDS (1ll << 40)
/* Milliseconds without an answer that mean a hang; sanitizers are slow, and so are busy machines. */
#define PATIENCE 15000

static const char *agent_path;
static pid_t agent;
static int to_agent, from_agent;
static struct text heard;
static struct text last_sent;
static long long next_id = OWN_IDS;
static unsigned long answers, restarts;
/* What is being waited for. */
static long long awaited;

static _Noreturn void fail(const char *why, const char *detail)
{
  fprintf(stderr, "fuzz: %s (id %lld): %.20000s\nfuzz: the lines before it:\n%.*s\n", why, awaited, detail,
          (int)last_sent.length, last_sent.data);
  if (agent > 0)
    kill(agent, SIGKILL);
  exit(1);
}

static void start_agent(void)
{
  int in[2], out[2];

  if (pipe(in) || pipe(out))
    exit(2);
  agent = fork();
  if (!agent) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    for (int fd = 3; fd < 20; fd++)
      close(fd);
    execl(agent_path, agent_path, "--device", "/dev/null", "--device", "/dev/zero", "--device", "/dev/full",
          (char *)NULL);
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  to_agent = in[1];
  from_agent = out[0];
  heard.length = 0;
}

/* False where the agent has ended its output. */
static bool read_some(int timeout)
{
  struct pollfd ready = {.fd = from_agent, .events = POLLIN};

  if (poll(&ready, 1, timeout) == 0) {
    if (timeout)
      fail("no answer in time", heard.length ? heard.data : "nothing heard");
    return true;
  }
  ssize_t got = read(from_agent, text_reserve(&heard, 65536), 65536);
  if (got <= 0)
    return false;
  heard.length += (size_t)got;
  return true;
}

/* Writes while it reads, as a client must. */
static bool send_all(const char *bytes, size_t length)
{
  while (length) {
    struct pollfd ready[] = {{.fd = to_agent, .events = POLLOUT}, {.fd = from_agent, .events = POLLIN}};

    poll(ready, 2, PATIENCE);
    if (ready[1].revents && !read_some(0))
      return false;
    if (!(ready[0].revents & POLLOUT))
      continue;
    ssize_t sent = write(to_agent, bytes, length < 4096 ? length : 4096);
    if (sent < 0)
      return false;
    bytes += sent;
    length -= (size_t)sent;
  }
  return true;
}

static void check_answer(json_t *answer, const char *line)
{
  const char *version = json_string_value(json_object_get(answer, "jsonrpc"));
  json_t *id = json_object_get(answer, "id");
  json_t *error = json_object_get(answer, "error");
  bool one = !error != !json_object_get(answer, "result");

  if (!version || strcmp(version, "2.0") || !(json_is_integer(id) || json_is_null(id)) || !one ||
      json_object_size(answer) != 3)
    fail("no JSON-RPC answer", line);
  if (error && (!json_is_integer(json_object_get(error, "code")) || !json_is_string(json_object_get(error, "message"))))
    fail("no JSON-RPC error", line);
  answers++;
}

/* One line of the agent: checked, and given back to be looked at. */
static json_t *take_line(void)
{
  char *end = memchr(heard.data, '\n', heard.length);
  json_error_t error;
  json_t *json;

  if (!end)
    return NULL;
  *end = 0;
  /* What somebody who was killed left half written is ended by an empty line. */
  json = *heard.data ? json_loads(heard.data, JSON_REJECT_DUPLICATES, &error) : json_null();
  if (!json) {
    fprintf(stderr, "fuzz: behind it: %.*s\n", (int)(heard.length - (size_t)(end + 1 - heard.data)), end + 1);
    fail("an answer that is no JSON", heard.data);
  }
  if (json_is_array(json)) {
    for (size_t i = 0; i < json_array_size(json); i++)
      check_answer(json_array_get(json, i), heard.data);
  } else if (!json_is_null(json)) {
    check_answer(json, heard.data);
  }
  text_drop(&heard, (size_t)(end + 1 - heard.data));
  return json;
}

/* The answer to this id, owned; NULL where the agent has ended. */
static json_t *await(long long wanted)
{
  awaited = wanted;
  for (;;) {
    json_t *json;

    while (heard.length && (json = take_line())) {
      json_t *id = json_object_get(json, "id");

      if (json_is_integer(id) && json_integer_value(id) == wanted)
        return json;
      json_decref(json);
    }
    if (!read_some(PATIENCE))
      return NULL;
  }
}

static void end_agent(void)
{
  int status;

  close(to_agent);
  while (read_some(PATIENCE))
    ;
  close(from_agent);
  waitpid(agent, &status, 0);
  agent = 0;
  if (!WIFEXITED(status) || WEXITSTATUS(status))
    fail("the agent did not end with 0", "");
}

/* Asks, and gives a number of the result; -1 where it has none. */
static long long ask(const char *member, const char *method, const char *params)
{
  struct text line = {0};
  json_t *answer;
  long long value = -1;
  long long id = next_id++;

  text_string(&line, "\n{\"jsonrpc\":\"2.0\",\"id\":");
  text_number(&line, id);
  text_string(&line, ",\"method\":\"");
  text_string(&line, method);
  text_string(&line, "\",\"params\":{");
  text_string(&line, params);
  text_string(&line, "}}\n");
  if (send_all(line.data, line.length) && (answer = await(id))) {
    json_t *found = json_object_get(json_object_get(answer, "result"), member);

    value = json_is_integer(found) ? json_integer_value(found) : -1;
    json_decref(answer);
  } else {
    value = -2;
  }
  text_free(&line);
  return value;
}

static void open_session(struct world *world)
{
  char params[200];

  if (ask("protocol", "hello", "\"protocol\":[1],\"client\":\"fuzz\"") != 1)
    fail("hello is refused", "");
  for (int i = 0; i < WORLD_PROCESSES; i++) {
    world->process[i] = ask("process", "process", "\"privileged\":false");
    snprintf(params, sizeof(params), "\"process\":%lld,\"path\":\"/dev/zero\",\"flags\":2", world->process[i]);
    if (ask("value", "open", params) != 3)
      fail("/dev/zero does not open as 3", "");
  }
}

/* False where the agent has ended. */
static bool ping(void)
{
  return ask("", "ping", "") != -2;
}

static bool same(const json_t *one, const json_t *other)
{
  return (!one && !other) || json_equal(one, other);
}

/* A message, read quickly and, for a space in front of it, as JSON: the same answer. */
static void compare(struct world *world)
{
  struct text line = {0};
  json_t *quick, *slow;

  const uint64_t random = world->random;
  const long long id = next_id;

  next_id += 2;
  lines_message(world, &line, id);
  text_string(&line, "\n ");
  world->random = random;
  lines_message(world, &line, id + 1);
  text_string(&line, "\n");
  if (!send_all(line.data, line.length) || !(quick = await(id)) || !(slow = await(id + 1)))
    fail("the agent ended", line.data);
  if (!same(json_object_get(quick, "result"), json_object_get(slow, "result")) ||
      !same(json_object_get(quick, "error"), json_object_get(slow, "error"))) {
    text_string(&line, "quickly: ");
    text_string(&line, json_dumps(quick, 0));
    text_string(&line, "\nas JSON: ");
    text_string(&line, json_dumps(slow, 0));
    text_add(&line, "", 1);
    fail("two ways of reading, two answers", line.data);
  }
  json_decref(quick);
  json_decref(slow);
  text_free(&line);
}

int main(int argc, char **argv)
{
  unsigned long count = argc > 2 ? strtoul(argv[2], NULL, 10) : 40000;
  struct world world = {.random = argc > 3 ? strtoull(argv[3], NULL, 10) : 1};
  unsigned long lines = 0;

  if (argc < 2) {
    fputs("fuzz CONFORMD [LINES [SEED]]\n", stderr);
    return 2;
  }
  agent_path = argv[1];
  signal(SIGPIPE, SIG_IGN);
  start_agent();
  open_session(&world);
  while (lines < count) {
    last_sent.length = 0;
    for (unsigned many = 1 + lines_random(&world, 24); many; many--, lines++)
      lines_add(&world, &last_sent);
    if (!send_all(last_sent.data, last_sent.length) || !ping()) {
      /* It was told bye. */
      end_agent();
      start_agent();
      restarts++;
      open_session(&world);
    } else if (lines_random(&world, 8) == 0) {
      open_session(&world);
      compare(&world);
    }
  }
  end_agent();
  printf("%lu lines, %lu answers, %lu times told bye, seed %s: no complaint\n", lines, answers, restarts,
         argc > 3 ? argv[3] : "1");
  return 0;
}
