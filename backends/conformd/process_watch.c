/*
 * A worker runs a call in the thread that read it, since that costs no change of threads. Where the call does not return
 * soon and something waits behind it, a spare thread is woken to take over reading.
 */
#include "process.h"

#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "intake.h"

/* Microseconds after which a call holds others up. */
#define SOON 1000

static void kick(struct station *station, uint64_t frame)
{
  atomic_store(&station->stuck, frame);
  atomic_fetch_add(&station->kick, 1);
  syscall(SYS_futex, &station->kick, FUTEX_WAKE, 1, NULL, NULL, 0);
}

bool process_watch(uint32_t place, uint64_t now)
{
  struct process *process = &processes[place];
  struct station *station = &shared->stations[place];
  uint64_t begun = atomic_load(&station->begun);

  if (begun != process->seen) {
    process->seen = begun;
    process->seen_at = now;
  }
  if (begun && now - process->seen_at >= SOON)
    intake_revoke(place);
  bool waits = process->sent + atomic_load(&station->leased) != begun || atomic_load(&station->unsent);
  if (waits && begun && now - process->seen_at >= SOON)
    kick(station, begun);
  intake_watch(place, process->seen_at, now);
  return waits || intake_leased();
}
