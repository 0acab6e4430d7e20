#include "memory.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "descriptors.h"
#include "worker.h"

#define PAGE ((uint64_t)4096)
#define MAPPINGS_MOST 4096

struct mapping {
  uint64_t start;
  /* What can be reached, and with the page behind it that is not there. */
  uint64_t length;
  uint64_t reserved;
  bool ordinary;
};

static struct mapping mappings[MAPPINGS_MOST];
static size_t count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic uint64_t *counter;
/* Where a fault of this thread goes. */
static _Thread_local sigjmp_buf *escape;

static void on_fault(int signal_number)
{
  if (escape)
    siglongjmp(*escape, 1);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

void memory_prepare(void)
{
  /* The signal is not masked meanwhile, so that leaving by a jump costs no call to restore the mask. */
  struct sigaction action = {.sa_handler = on_fault, .sa_flags = SA_NODEFER};

  sigaction(SIGSEGV, &action, NULL);
  sigaction(SIGBUS, &action, NULL);
}

void memory_begin(_Atomic uint64_t *mine)
{
  uint64_t sum = 0;

  /* Only the thread that forked is here; another may have held the lock. */
  pthread_mutex_init(&lock, NULL);
  for (size_t i = 0; i < count; i++)
    sum += mappings[i].ordinary ? mappings[i].length : 0;
  counter = mine;
  atomic_store(counter, sum);
}

static uint64_t whole_pages(uint64_t length)
{
  return (length + PAGE - 1) & ~(PAGE - 1);
}

static void *map_ordinary(uint64_t length)
{
  char *start = mmap(NULL, length + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (start != MAP_FAILED)
    mprotect(start + length, PAGE, PROT_NONE);
  return start;
}

void call_map(struct call *call)
{
  uint64_t length = whole_pages(call->frame->length);
  bool ordinary = call->frame->fd == -1;
  void *start;

  pthread_mutex_lock(&lock);
  if (count == MAPPINGS_MOST) {
    pthread_mutex_unlock(&lock);
    answer_error(call, RPC_RESOURCE, "the process has too many mappings");
    return;
  }
  if (ordinary && length)
    start = map_ordinary(length);
  else if (descriptors_own(call->frame->fd))
    start = (errno = EBADF, MAP_FAILED);
  else
    start = mmap(NULL, call->frame->length, PROT_READ | PROT_WRITE, ordinary ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED,
                 call->frame->fd, (off_t)call->frame->address);
  if (start != MAP_FAILED) {
    mappings[count++] = (struct mapping){
      .start = (uint64_t)(uintptr_t)start,
      .length = length,
      .reserved = ordinary ? length + PAGE : length,
      .ordinary = ordinary,
    };
    if (ordinary)
      atomic_fetch_add(counter, length);
  }
  pthread_mutex_unlock(&lock);
  if (start == MAP_FAILED)
    answer_errno(call, errno);
  else
    answer_address(call, (uint64_t)(uintptr_t)start);
}

/* Ends the mapping that begins there; a part of one stays whole, as nothing maps parts. */
void call_unmap(struct call *call)
{
  int returned = -1;

  errno = EINVAL;
  pthread_mutex_lock(&lock);
  for (size_t i = 0; i < count; i++) {
    if (mappings[i].start != call->frame->address || mappings[i].length != whole_pages(call->frame->length))
      continue;
    returned = munmap((void *)(uintptr_t)mappings[i].start, mappings[i].reserved);
    if (!returned) {
      if (mappings[i].ordinary)
        atomic_fetch_sub(counter, mappings[i].length);
      mappings[i] = mappings[--count];
    }
    break;
  }
  pthread_mutex_unlock(&lock);
  answer_returned(call, returned);
}

static bool reachable(uint64_t address, uint64_t length)
{
  bool found = false;

  pthread_mutex_lock(&lock);
  for (size_t i = 0; i < count && !found; i++) {
    uint64_t offset = address - mappings[i].start;

    found = address >= mappings[i].start && offset <= mappings[i].length && length <= mappings[i].length - offset;
  }
  pthread_mutex_unlock(&lock);
  return found;
}

typedef uint16_t __attribute__((aligned(1), may_alias)) any16;
typedef uint32_t __attribute__((aligned(1), may_alias)) any32;
typedef uint64_t __attribute__((aligned(1), may_alias)) any64;

/* Widths that a machine has are one access. */
static void move(volatile void *to, const volatile void *from, size_t length)
{
  if (length == 1)
    *(volatile uint8_t *)to = *(const volatile uint8_t *)from;
  else if (length == 2)
    *(volatile any16 *)to = *(const volatile any16 *)from;
  else if (length == 4)
    *(volatile any32 *)to = *(const volatile any32 *)from;
  else if (length == 8)
    *(volatile any64 *)to = *(const volatile any64 *)from;
  else
    memcpy((void *)(uintptr_t)to, (const void *)(uintptr_t)from, length);
}

/* False on a fault. */
static bool try_move(void *to, const void *from, size_t length)
{
  sigjmp_buf here;

  if (sigsetjmp(here, 0)) {
    escape = NULL;
    return false;
  }
  escape = &here;
  atomic_signal_fence(memory_order_seq_cst);
  move(to, from, length);
  atomic_signal_fence(memory_order_seq_cst);
  escape = NULL;
  return true;
}

void call_load(struct call *call)
{
  uint64_t length = call->frame->length;
  uint8_t *bytes = malloc(length ? length : 1);

  if (!bytes)
    answer_error(call, RPC_RESOURCE, "no memory for what is loaded");
  else if (reachable(call->frame->address, length) &&
           try_move(bytes, (const void *)(uintptr_t)call->frame->address, length))
    answer_bytes(call, bytes, length);
  else
    answer_errno(call, EFAULT);
  free(bytes);
}

void call_store(struct call *call)
{
  uint64_t length = call->frame->length;

  if (reachable(call->frame->address, length) &&
      try_move((void *)(uintptr_t)call->frame->address, call->frame + 1, length))
    answer_value(call, 0);
  else
    answer_errno(call, EFAULT);
}
