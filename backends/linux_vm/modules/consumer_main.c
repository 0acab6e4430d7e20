// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* conform_consumer: the device file, the commands, and the devices it uses. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/slab.h>
#include <rdma/ib_verbs.h>

#include "conform_device.h"
#include "consumer.h"

/* One call at a time, and no device goes during one. */
static DEFINE_MUTEX(calling);

static struct ib_client consumer_client;

static int device_comes(struct ib_device *ib)
{
	struct conform_consumer *consumer = conform_consumer_new(ib);

	if (!consumer)
		return -ENOMEM;
	ib_set_client_data(ib, &consumer_client, consumer);
	return 0;
}

/* What is left on it has to go first. */
static void device_goes(struct ib_device *ib, void *data)
{
	mutex_lock(&calling);
	ib_set_client_data(ib, &consumer_client, NULL);
	if (data)
		conform_consumer_end(data);
	mutex_unlock(&calling);
}

static struct ib_client consumer_client = {
	.name = "conform_consumer",
	.add = device_comes,
	.remove = device_goes,
};

/* Does `work` with the consumer of the device that the command names. */
static int with_consumer(struct conform_report *report, struct conform_command *command,
			 int (*work)(struct conform_report *report, struct conform_command *command,
				     struct conform_consumer *consumer))
{
	struct conform_consumer *consumer;
	struct ib_device *ib;
	char name[IB_DEVICE_NAME_MAX];
	int error;

	error = conform_name_of(report, command, name);
	if (error)
		return error;
	if (mutex_lock_killable(&calling))
		return -EINTR;
	ib = ib_device_get_by_name(name, RDMA_DRIVER_UNKNOWN);
	consumer = ib ? ib_get_client_data(ib, &consumer_client) : NULL;
	error = consumer ? work(report, command, consumer) :
			   conform_refuse(report, -ENODEV, "%s: no such device that the kernel can use", name);
	if (ib)
		ib_device_put(ib);
	mutex_unlock(&calling);
	return error;
}

static int kernel_call(struct conform_report *report, struct conform_command *command)
{
	return with_consumer(report, command, conform_call);
}

static int forget(struct conform_report *report, struct conform_command *command, struct conform_consumer *consumer)
{
	int error = conform_understood(report, command);

	if (!error)
		conform_say(report, "left=%u\n", conform_forget(consumer));
	return error;
}

static int kernel_reset(struct conform_report *report, struct conform_command *command)
{
	return with_consumer(report, command, forget);
}

/* Does on purpose what no driver may: an allocation that waits, and a mutex. */
static void misbehave(struct conform_work *work)
{
	static DEFINE_MUTEX(mutex);
	void *memory = kmalloc(16, GFP_KERNEL);

	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	kfree(memory);
}

static int detector_test(struct conform_report *report, struct conform_command *command)
{
	struct conform_work work = { .run = misbehave, .watched = true };
	const char *name, *refused;
	int context, error;

	error = conform_word(report, command, "context", &name) ?: conform_understood(report, command);
	if (error)
		return error;
	context = conform_context_of(name);
	if (context < 0)
		return conform_refuse(report, -EINVAL, "%s: no such context", name);
	refused = conform_context_refused(context);
	if (refused)
		return conform_refuse(report, -EBUSY, "%s", refused);
	if (mutex_lock_killable(&calling))
		return -EINTR;
	error = conform_run(context, &work);
	if (!error) {
		conform_say(report, "violations=%u\n", work.violations);
		conform_detector_report(report);
	}
	mutex_unlock(&calling);
	return error;
}

static int handle(struct conform_report *report, struct conform_command *command)
{
	if (!strcmp(command->action, "kernel_call"))
		return kernel_call(report, command);
	if (!strcmp(command->action, "kernel_reset"))
		return kernel_reset(report, command);
	if (!strcmp(command->action, "detector_test"))
		return detector_test(report, command);
	return conform_refuse(report, -EOPNOTSUPP, "%s: no such command", command->action);
}

static void greet(struct conform_report *report)
{
	unsigned int context;

	conform_say(report, "offers kernel_call kernel_reset detector_test\ncontexts");
	for (context = 0; context < CONFORM_CONTEXTS; context++)
		if (!conform_context_refused(context))
			conform_say(report, " %s", conform_context_name(context));
	conform_say(report, "\n");
}

static int consumer_open(struct inode *inode, struct file *file)
{
	return conform_open(file, greet);
}

static ssize_t consumer_write(struct file *file, const char __user *from, size_t count, loff_t *offset)
{
	return conform_write(file, from, count, handle);
}

static const struct file_operations consumer_files = {
	.owner = THIS_MODULE,
	.open = consumer_open,
	.read = conform_read,
	.write = consumer_write,
	.release = conform_release,
};

static struct miscdevice consumer_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "conform_consumer",
	.fops = &consumer_files,
	.mode = 0600,
};

static int __init consumer_init(void)
{
	int error;

	error = conform_detector_init();
	if (error)
		return error;
	error = ib_register_client(&consumer_client);
	if (error) {
		pr_err("the RDMA core refuses a client: %d\n", error);
		goto no_client;
	}
	error = misc_register(&consumer_device);
	if (error) {
		pr_err("no /dev/conform_consumer: %d\n", error);
		goto no_device;
	}
	return 0;

no_device:
	ib_unregister_client(&consumer_client);
no_client:
	conform_detector_exit();
	return error;
}

static void __exit consumer_exit(void)
{
	misc_deregister(&consumer_device);
	ib_unregister_client(&consumer_client);
	conform_detector_exit();
}

module_init(consumer_init);
module_exit(consumer_exit);

MODULE_DESCRIPTION("A user of RDMA devices inside the kernel, with a detector of sleep where nothing may");
MODULE_AUTHOR("rdma-conformance");
MODULE_LICENSE("Dual BSD/GPL");
