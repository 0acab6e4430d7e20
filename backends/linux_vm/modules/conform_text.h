/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * The text protocol of both devices. A write is one command, `action key=value key=value`; what it reports is read
 * back as lines of `key=value`. A command that is refused reports `reason=...`.
 */
#ifndef CONFORM_TEXT_H
#define CONFORM_TEXT_H

#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/uaccess.h>

#define CONFORM_COMMAND_BYTES 2048
#define CONFORM_REPORT_BYTES 32768
#define CONFORM_PAIRS 48

struct conform_pair {
	const char *key;
	const char *value;
	bool used;
};

struct conform_command {
	const char *action;
	unsigned int count;
	struct conform_pair pairs[CONFORM_PAIRS];
};

/* What one command has to say. */
struct conform_report {
	size_t length;
	char text[CONFORM_REPORT_BYTES];
};

/* An open file: what the last command said, and how much of it was read. */
struct conform_session {
	struct mutex lock;
	struct conform_report *report;
	size_t position;
};

__printf(2, 3) static inline void conform_say(struct conform_report *report, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	report->length += vscnprintf(report->text + report->length, CONFORM_REPORT_BYTES - report->length, format,
				     arguments);
	va_end(arguments);
}

/* Refuses a command: the reason is all the report holds. */
#define conform_refuse(report, errno, format, ...)                                        \
	({                                                                                \
		(report)->length = 0;                                                     \
		conform_say(report, "reason=" format "\n", ##__VA_ARGS__);                \
		(errno);                                                                  \
	})

/* The value of a key, or NULL. Keys are compared by their last part, so `path_roce.port` is a `port`. */
static inline const char *conform_value(struct conform_command *command, const char *key)
{
	unsigned int i;

	for (i = 0; i < command->count; i++) {
		if (strcmp(command->pairs[i].key, key))
			continue;
		command->pairs[i].used = true;
		return command->pairs[i].value;
	}
	return NULL;
}

/* A number up to `most`; `otherwise` where the key is absent. Decimal, or hexadecimal after 0x. */
static inline int conform_number(struct conform_report *report, struct conform_command *command, const char *key,
				 u64 most, u64 otherwise, u64 *number)
{
	const char *value = conform_value(command, key);

	*number = otherwise;
	if (!value)
		return 0;
	if (kstrtou64(value, 0, number) || *number > most)
		return conform_refuse(report, -EINVAL, "%s: a number up to %llu", key, most);
	return 0;
}

/* The value of a key that must be there. */
static inline int conform_word(struct conform_report *report, struct conform_command *command, const char *key,
			       const char **word)
{
	*word = conform_value(command, key);
	if (!*word || !**word)
		return conform_refuse(report, -EINVAL, "%s is missing", key);
	return 0;
}

/* To be asked before a command does anything: whether it was understood as a whole. */
static inline int conform_understood(struct conform_report *report, const struct conform_command *command)
{
	unsigned int i;

	for (i = 0; i < command->count; i++)
		if (!command->pairs[i].used)
			return conform_refuse(report, -EINVAL, "%s: no such key here", command->pairs[i].key);
	return 0;
}

/* Takes `text` apart in place. */
static inline int conform_parse(struct conform_report *report, char *text, struct conform_command *command)
{
	char *token, *at;
	unsigned int i;

	for (at = text; *at; at++)
		if (*at < ' ' || *at > '~')
			return conform_refuse(report, -EINVAL, "a command is printable ASCII");
	command->count = 0;
	command->action = strsep(&text, " ");
	while ((token = strsep(&text, " "))) {
		struct conform_pair *pair = &command->pairs[command->count];

		if (!*token)
			continue;
		if (command->count == CONFORM_PAIRS)
			return conform_refuse(report, -EINVAL, "more than %d keys", CONFORM_PAIRS);
		at = strchr(token, '=');
		if (!at || at == token)
			return conform_refuse(report, -EINVAL, "%s is not key=value", token);
		*at = '\0';
		pair->key = strrchr(token, '.') ? strrchr(token, '.') + 1 : token;
		pair->value = at + 1;
		pair->used = false;
		for (i = 0; i < command->count; i++)
			if (!strcmp(command->pairs[i].key, pair->key))
				return conform_refuse(report, -EINVAL, "%s is given twice", pair->key);
		command->count++;
	}
	return 0;
}

/* What a module does with a command: 0 or a negative errno. */
typedef int (*conform_handler)(struct conform_report *report, struct conform_command *command);

static inline int conform_open(struct file *file, void (*greet)(struct conform_report *report))
{
	struct conform_session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return -ENOMEM;
	session->report = kvzalloc(sizeof(*session->report), GFP_KERNEL);
	if (!session->report) {
		kfree(session);
		return -ENOMEM;
	}
	mutex_init(&session->lock);
	greet(session->report);
	file->private_data = session;
	return stream_open(file_inode(file), file);
}

static inline int conform_release(struct inode *inode, struct file *file)
{
	struct conform_session *session = file->private_data;

	kvfree(session->report);
	mutex_destroy(&session->lock);
	kfree(session);
	return 0;
}

static inline ssize_t conform_read(struct file *file, char __user *to, size_t count, loff_t *offset)
{
	struct conform_session *session = file->private_data;
	loff_t position;
	ssize_t got;

	mutex_lock(&session->lock);
	position = session->position;
	got = simple_read_from_buffer(to, count, &position, session->report->text, session->report->length);
	session->position = position;
	mutex_unlock(&session->lock);
	return got;
}

/* Nothing is locked while a command runs: another one may have to let it go on. */
static inline ssize_t conform_write(struct file *file, const char __user *from, size_t count, conform_handler handler)
{
	struct conform_session *session = file->private_data;
	struct conform_command *command;
	struct conform_report *report;
	size_t length = count;
	char *text;
	int error;

	if (!count || count > CONFORM_COMMAND_BYTES)
		return -EMSGSIZE;
	command = kzalloc(sizeof(*command), GFP_KERNEL);
	report = kvzalloc(sizeof(*report), GFP_KERNEL);
	text = memdup_user_nul(from, count);
	if (IS_ERR(text) || !command || !report) {
		error = IS_ERR(text) ? PTR_ERR(text) : -ENOMEM;
		goto out;
	}
	if (text[length - 1] == '\n')
		text[--length] = '\0';
	if (strlen(text) != length)
		error = conform_refuse(report, -EINVAL, "a command is printable ASCII");
	else
		error = conform_parse(report, text, command) ?: handler(report, command);
	mutex_lock(&session->lock);
	swap(session->report, report);
	session->position = 0;
	mutex_unlock(&session->lock);
out:
	if (!IS_ERR(text))
		kfree(text);
	kvfree(report);
	kfree(command);
	return error ?: count;
}

#endif
