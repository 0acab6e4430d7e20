/* The ways a client comes to the agent. */
#ifndef CONFORMD_TRANSPORT_H
#define CONFORMD_TRANSPORT_H

/* Each serves until the agent is to end, and gives its exit code. */
int transport_stdio(void);
int transport_listen(const char *path);
int transport_port(const char *path);

#endif
