/*
 * What travels between the supervisor, which reads lines, and the workers, which are the processes of the protocol:
 * frames one way, notes the other, in the byte order of the machine. The supervisor has checked everything in a frame.
 */
#ifndef CONFORMD_FRAME_H
#define CONFORMD_FRAME_H

#include <stdint.h>

enum op {
  OP_START,
  OP_OPEN,
  OP_IOCTL,
  OP_WRITE,
  OP_READ,
  OP_POLL,
  OP_FCNTL,
  OP_MAP,
  OP_UNMAP,
  OP_LOAD,
  OP_STORE,
  OP_CLOSE,
  OP_FORK,
  OP_SEND_FD,
  OP_TAKE_FD,
  OP_EXIT,
  OP_CONTROL,
  /* The worker reads lines itself from now on; it gives that back (intake.h). Neither is answered. */
  OP_LEASE,
  OP_RETURN,
  OP_COUNT,
};

/* The header of a frame; what the operation needs beside it follows. */
struct frame {
  /* Bytes, header included. */
  uint32_t size;
  uint16_t op;
  /* The reply is an element of a batch: it goes to the supervisor as a note. */
  uint16_t batched;
  uint32_t slot;
  int32_t fd;
  uint64_t id;
  /* Of memory, or the offset of a mapping, or the flags of open. */
  uint64_t address;
  /* Of memory or of what is read, or the argument of fcntl. */
  uint64_t length;
  /* Number of the ioctl, or command of fcntl, or the station of a child. */
  uint32_t request;
  uint16_t regions;
  uint16_t patches;
};

#define REGION_READ_ONLY 1u
#define REGION_GUARD 2u

/* After the header of ioctl and write: the regions, the patches, then the bytes of all regions. */
struct frame_region {
  uint32_t length;
  uint32_t flags;
};

struct frame_patch {
  uint32_t into;
  uint32_t offset;
  uint32_t region;
  uint32_t target;
};

/* After the header of poll. */
struct frame_entry {
  int32_t fd;
  int32_t events;
};

enum note_kind {
  /* A reply of a batch, as text behind the note. */
  NOTE_REPLY,
  /* A child lives: its pid; its end of a channel comes with the note. */
  NOTE_BORN,
  /* There is no child: an errno. */
  NOTE_UNBORN,
  /* A file for another process comes with the note. */
  NOTE_FILE,
  /* The worker no longer reads lines. */
  NOTE_LINES,
};

struct note {
  uint32_t size;
  uint32_t kind;
  uint32_t slot;
  int32_t value;
};

#endif
