/* What the command line says. */
#ifndef CONFORMD_OPTIONS_H
#define CONFORMD_OPTIONS_H

struct options {
  enum { WAY_STDIO, WAY_LISTEN, WAY_PORT } way;
  /* Of the socket or the port. */
  const char *path;
  /* Name of the driver; NULL: as sysfs has it. */
  const char *driver;
  /* Milliseconds after which a call that has not returned waits for something. */
  int patience;
  /* Commands of the operator, for a shell; NULL: none. */
  const char *on_plug;
  const char *on_remove;
};

extern struct options options;

/* Reads the command line. Ends the program on --help, --version and errors. */
void options_read(int argc, char **argv);

#endif
