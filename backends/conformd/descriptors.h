/*
 * Which descriptors a worker has: 0 to 2 lead nowhere, the agent's own stand above every number that the kernel gives
 * out there, and all between belong to the client.
 */
#ifndef CONFORMD_DESCRIPTORS_H
#define CONFORMD_DESCRIPTORS_H

#include <stdbool.h>

/* Once, in the supervisor. -1 with errno. */
int descriptors_prepare(void);
/* In a new worker: keeps these, closes all others. They are then descriptors_channel, descriptors_input and output_fd. */
void descriptors_settle(int channel, int input, int output);
/* In a child of a worker: this channel instead of the one of its parent. */
void descriptors_replace_channel(int channel);
/* In a helper of the supervisor: nothing it runs can speak to the client. */
void descriptors_hush(void);
int descriptors_channel(void);
/* Where the client's lines come from. */
int descriptors_input(void);
/* Of the agent: to a client no such descriptor is open. */
bool descriptors_own(int fd);

#endif
