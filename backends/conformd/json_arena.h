/*
 * Memory for one JSON text at a time: the library's many small allocations become one step of a pointer, all of them
 * are given back at once, and what a line can make it take is bounded.
 */
#ifndef CONFORMD_JSON_ARENA_H
#define CONFORMD_JSON_ARENA_H

/* Makes jansson allocate here; once, before any use. -1 with errno where there is no memory. */
int json_arena_install(void);
/* Ends every JSON value there is. */
void json_arena_clear(void);

#endif
