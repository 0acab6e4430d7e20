/*
 * The first process of a guest: loads the modules listed in /etc/modules, brings up a network interface with fixed
 * addresses, puts the driver named in /etc/driver on it, and runs the agent. When something fails, or the agent ends,
 * it says so on the console and ends the machine, so that the host never waits for a guest that is of no use.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <rdma/rdma_netlink.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define NETDEV "dummy0"
#define PORT "/dev/virtio-ports/conformd"

/* Fixed, so that every guest has the same GIDs. */
static const unsigned char MAC[6] = {0x02, 0x00, 0x00, 0x00, 0x00, 0x01};
static const char IPV4[] = "\300\000\002\001"; /* 192.0.2.1, for documentation: RFC 5737 */

static _Noreturn void fail(const char *format, ...) {
	int error = errno;
	va_list arguments;
	printf("linux-vm: ");
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf(error ? ": %s\n" : "\n", strerror(error));
	fflush(stdout);
	tcdrain(1);
	/* QEMU runs with -no-reboot: it ends. */
	reboot(RB_AUTOBOOT);
	for (;;) pause();
}

static void mount_all(void) {
	static const struct { const char *type, *where; } all[] = {
		{"devtmpfs", "/dev"}, {"proc", "/proc"}, {"sysfs", "/sys"}, {"tmpfs", "/tmp"},
		{"debugfs", "/sys/kernel/debug"}, {"tracefs", "/sys/kernel/tracing"},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (mount(all[i].type, all[i].where, all[i].type, 0, NULL) && errno != EBUSY)
			fail("mount %s", all[i].where);
}

static void read_line(const char *path, char *line, size_t size) {
	FILE *file = fopen(path, "re");
	if (!file || !fgets(line, (int)size, file)) fail("%s", path);
	line[strcspn(line, "\n")] = 0;
	fclose(file);
}

/* One path a line, in the order in which they are loaded; a path may be followed by parameters. */
static void load_modules(void) {
	char line[256];
	FILE *list = fopen("/etc/modules", "re");
	if (!list) fail("/etc/modules");
	while (fgets(line, sizeof line, list)) {
		line[strcspn(line, "\n")] = 0;
		char *parameters = line + strcspn(line, " ");
		if (*parameters) *parameters++ = 0;
		int fd = open(line, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || (syscall(SYS_finit_module, fd, parameters, 0) && errno != EEXIST)) fail("loading %s", line);
		close(fd);
	}
	fclose(list);
}

static void set(int fd, unsigned long request, const char *name, const void *address, size_t length) {
	struct ifreq it = {0};
	snprintf(it.ifr_name, sizeof it.ifr_name, "%s", name);
	if (address) memcpy(&it.ifr_addr, address, length);
	else it.ifr_flags = IFF_UP | IFF_RUNNING | IFF_NOARP;
	if (ioctl(fd, request, &it)) fail("%s: ioctl %#lx", name, request);
}

/* The module made the interface; an IPv6 address of the link comes with it from the hardware address. */
static void bring_up_network(void) {
	struct sockaddr hardware = {.sa_family = ARPHRD_ETHER};
	struct sockaddr_in address = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0) fail("socket");
	memcpy(hardware.sa_data, MAC, sizeof MAC);
	memcpy(&address.sin_addr, IPV4, 4);
	set(fd, SIOCSIFHWADDR, NETDEV, &hardware, sizeof hardware);
	set(fd, SIOCSIFADDR, NETDEV, &address, sizeof address);
	set(fd, SIOCSIFFLAGS, NETDEV, NULL, 0);
	set(fd, SIOCSIFFLAGS, "lo", NULL, 0);
	close(fd);
}

struct message {
	struct nlmsghdr head;
	char attributes[256];
};

static void add(struct message *message, unsigned short type, const char *text) {
	struct nlattr *at = (struct nlattr *)((char *)message + NLMSG_ALIGN(message->head.nlmsg_len));
	at->nla_type = type;
	at->nla_len = (unsigned short)(NLA_HDRLEN + strlen(text) + 1);
	strcpy((char *)at + NLA_HDRLEN, text);
	message->head.nlmsg_len = NLMSG_ALIGN(message->head.nlmsg_len) + at->nla_len;
}

/* What `rdma link add DRIVER0 type DRIVER netdev dummy0` does. */
static void add_rdma_link(const char *driver) {
	char name[64];
	struct message ask = {.head = {
		.nlmsg_len = NLMSG_HDRLEN,
		.nlmsg_type = RDMA_NL_GET_TYPE(RDMA_NL_NLDEV, RDMA_NLDEV_CMD_NEWLINK),
		.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK,
	}};
	struct { struct nlmsghdr head; struct nlmsgerr error; char rest[512]; } answer;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_RDMA);
	if (fd < 0) fail("socket of RDMA netlink");
	snprintf(name, sizeof name, "%s0", driver);
	add(&ask, RDMA_NLDEV_ATTR_DEV_NAME, name);
	add(&ask, RDMA_NLDEV_ATTR_LINK_TYPE, driver);
	add(&ask, RDMA_NLDEV_ATTR_NDEV_NAME, NETDEV);
	if (send(fd, &ask, ask.head.nlmsg_len, 0) < 0 || recv(fd, &answer, sizeof answer, 0) < 0) fail("RDMA netlink");
	/* ENOENT of an existing driver: a checksum module is missing. */
	errno = -answer.error.error;
	if (errno) fail("adding a link of type %s", driver);
	close(fd);
}

/* devtmpfs names ports by number; what udev would do. */
static void name_ports(void) {
	char path[128], name[64], target[32];
	if (mkdir("/dev/virtio-ports", 0755)) fail("/dev/virtio-ports");
	for (int number = 1; number < 4; number++) {
		snprintf(path, sizeof path, "/sys/class/virtio-ports/vport0p%d/name", number);
		if (access(path, R_OK)) continue;
		read_line(path, name, sizeof name);
		snprintf(path, sizeof path, "/dev/virtio-ports/%s", name);
		snprintf(target, sizeof target, "/dev/vport0p%d", number);
		if (symlink(target, path)) fail("%s", path);
	}
}

/* A device or a port appears a moment after what made it has returned. */
static void wait_for(const char *path) {
	for (int tries = 0; access(path, F_OK); tries++) {
		if (tries == 500) fail("%s did not appear", path);
		usleep(10000);
	}
}

static void run_agent(void) {
	int status;
	pid_t ended, agent = fork();
	if (agent < 0) fail("fork");
	if (agent == 0) {
		setsid();
		execl("/bin/conformd", "conformd", "--port", PORT, "--device", "uverbs0", "--on-plug", "/init",
		      "--patience", "150", (char *)NULL);
		fail("/bin/conformd");
	}
	do ended = wait(&status);
	while (ended != agent);
	errno = 0;
	if (WIFSIGNALED(status)) fail("the agent was killed by signal %d", WTERMSIG(status));
	fail("the agent ended with code %d", WEXITSTATUS(status));
}

/* A device that was removed comes back; the agent runs this program for it. */
static int plug(const char *driver) {
	add_rdma_link(driver);
	wait_for("/dev/infiniband/uverbs0");
	return chmod("/dev/infiniband/uverbs0", 0666);
}

int main(void) {
	char driver[32];
	if (getpid() != 1) {
		read_line("/etc/driver", driver, sizeof driver);
		return plug(driver);
	}
	mount_all();
	read_line("/etc/driver", driver, sizeof driver);
	load_modules();
	bring_up_network();
	plug(driver);
	wait_for("/dev/vport0p1");
	name_ports();
	run_agent();
}
