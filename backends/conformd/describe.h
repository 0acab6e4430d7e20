/* What the agent says of itself and of the device. */
#ifndef CONFORMD_DESCRIBE_H
#define CONFORMD_DESCRIBE_H

#include "text.h"

void describe_agent(struct text *json);

#endif
