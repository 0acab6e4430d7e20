/*
 * Calls every function of libibverbs 1.0 once or more, on the first device, to be recorded: each as a program would, with work
 * that is done and events that come. Says what a function answered where that is not success; goes on where it can.
 */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <infiniband/verbs.h>

#define PORT 1
#define NETDEV "dummy0"
#define QKEY 0x11111111

const char *record_function(const char *name) __attribute__((weak));

/* A function of the header, of which the recorder learns here. */
#define INLINE(name, call) \
	({ \
		record_function(name); \
		__auto_type answer = (call); \
		record_function(NULL); \
		answer; \
	})

static struct ibv_context *context;
static struct ibv_pd *pd;
static struct ibv_mr *mr;
static union ibv_gid gid;
static int gid_index;
static char memory[4096] __attribute__((aligned(4096)));

static int said(const char *function, int answer) {
	if (answer) fprintf(stderr, "%s answers %d, errno %d\n", function, answer, errno);
	return answer;
}

static void *made(const char *function, void *object) {
	if (object) return object;
	fprintf(stderr, "%s makes nothing, errno %d\n", function, errno);
	exit(1);
}

/* The entry of the network interface's IPv4 address, which needs no neighbour. */
static void find_gid(void) {
	for (gid_index = 0; gid_index < 16; gid_index++)
		if (!ibv_query_gid(context, PORT, gid_index, &gid) && gid.raw[10] == 0xff && gid.raw[11] == 0xff) return;
	gid_index = 0;
	said("ibv_query_gid", ibv_query_gid(context, PORT, 0, &gid));
}

static void look_at_device(void) {
	struct ibv_device_attr device;
	struct ibv_port_attr port;
	__be16 pkey;
	ibv_get_device_name(context->device);
	ibv_get_device_guid(context->device);
	said("ibv_query_device", ibv_query_device(context, &device));
	said("ibv_query_port", INLINE("ibv_query_port", ibv_query_port(context, PORT, &port)));
	said("ibv_query_pkey", ibv_query_pkey(context, PORT, 0, &pkey));
	find_gid();
	said("ibv_rate_to_mult", ibv_rate_to_mult(IBV_RATE_10_GBPS) != 4);
	said("mult_to_ibv_rate", mult_to_ibv_rate(4) != IBV_RATE_10_GBPS);
}

/* The interface goes down and up again, and the port with it. */
static void set_link(int up) {
	struct ifreq it = {.ifr_flags = (short)(up ? IFF_UP | IFF_RUNNING | IFF_NOARP : IFF_NOARP)};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	strcpy(it.ifr_name, NETDEV);
	said("SIOCSIFFLAGS", ioctl(fd, SIOCSIFFLAGS, &it));
	close(fd);
}

static void take_event(void) {
	struct ibv_async_event event;
	if (!said("ibv_get_async_event", ibv_get_async_event(context, &event))) ibv_ack_async_event(&event);
}

/* An event of an object comes from the module, which names it by its handle. */
static void raise_event(const char *event, const char *object, uint32_t handle) {
	int fd = open("/dev/conform_inject", O_RDWR | O_CLOEXEC);
	char command[128];
	int length = snprintf(command, sizeof command, "raise_event device=%s event=%s object=%s handle=%u",
			      ibv_get_device_name(context->device), event, object, handle);
	if (fd < 0 || write(fd, command, (size_t)length) != length) fprintf(stderr, "%s: errno %d\n", command, errno);
	else take_event();
	close(fd);
}

static void port_events(void) {
	set_link(0);
	take_event();
	set_link(1);
	take_event();
}

static struct ibv_ah_attr path(void) {
	return (struct ibv_ah_attr){
		.is_global = 1,
		.port_num = PORT,
		.grh = {.dgid = gid, .sgid_index = (uint8_t)gid_index, .hop_limit = 64},
	};
}

static struct ibv_qp *make_qp(enum ibv_qp_type type, struct ibv_cq *cq, struct ibv_srq *srq) {
	struct ibv_qp_init_attr init = {
		.send_cq = cq, .recv_cq = cq, .srq = srq, .qp_type = type, .sq_sig_all = 1,
		.cap = {.max_send_wr = 8, .max_recv_wr = 8, .max_send_sge = 1, .max_recv_sge = 1},
	};
	return made("ibv_create_qp", ibv_create_qp(pd, &init));
}

static void to_init(struct ibv_qp *qp) {
	struct ibv_qp_attr attr = {.qp_state = IBV_QPS_INIT, .port_num = PORT, .qkey = QKEY,
				   .qp_access_flags = IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_WRITE};
	said("ibv_modify_qp", ibv_modify_qp(qp, &attr, IBV_QP_STATE | IBV_QP_PKEY_INDEX | IBV_QP_PORT |
			     (qp->qp_type == IBV_QPT_UD ? IBV_QP_QKEY : IBV_QP_ACCESS_FLAGS)));
}

/* To a queue pair of its own type; RC and UC need to know which. */
static void connect_to(struct ibv_qp *qp, uint32_t number) {
	struct ibv_qp_attr attr = {.qp_state = IBV_QPS_RTR, .path_mtu = IBV_MTU_1024, .dest_qp_num = number,
				   .max_dest_rd_atomic = 1, .min_rnr_timer = 12, .ah_attr = path()};
	int rc = qp->qp_type == IBV_QPT_RC, ud = qp->qp_type == IBV_QPT_UD;
	int rtr = ud ? 0 : IBV_QP_AV | IBV_QP_PATH_MTU | IBV_QP_DEST_QPN | IBV_QP_RQ_PSN;
	said("ibv_modify_qp", ibv_modify_qp(qp, &attr, IBV_QP_STATE | rtr |
			     (rc ? IBV_QP_MAX_DEST_RD_ATOMIC | IBV_QP_MIN_RNR_TIMER : 0)));
	attr.qp_state = IBV_QPS_RTS;
	attr.timeout = 14, attr.retry_cnt = 7, attr.rnr_retry = 7, attr.max_rd_atomic = 1;
	said("ibv_modify_qp", ibv_modify_qp(qp, &attr, IBV_QP_STATE | IBV_QP_SQ_PSN |
			     (rc ? IBV_QP_TIMEOUT | IBV_QP_RETRY_CNT | IBV_QP_RNR_RETRY | IBV_QP_MAX_QP_RD_ATOMIC : 0)));
}

/* One message from a queue pair to another, received by `srq` where there is one, with an event for what arrived. */
static void exchange(struct ibv_qp *from, struct ibv_qp *to, struct ibv_srq *srq, struct ibv_ah *ah) {
	struct ibv_sge piece = {.addr = (uintptr_t)memory, .length = 64, .lkey = mr->lkey};
	struct ibv_sge room = {.addr = (uintptr_t)memory + 2048, .length = 128, .lkey = mr->lkey};
	struct ibv_recv_wr receive = {.wr_id = 1, .sg_list = &room, .num_sge = 1}, *bad_receive;
	struct ibv_send_wr send = {.wr_id = 2, .sg_list = &piece, .num_sge = 1, .opcode = IBV_WR_SEND}, *bad_send;
	struct ibv_cq *cq = to->recv_cq;
	struct ibv_wc work[2];
	void *data;
	if (ah) send.wr.ud.ah = ah, send.wr.ud.remote_qpn = to->qp_num, send.wr.ud.remote_qkey = QKEY;
	said("ibv_req_notify_cq", INLINE("ibv_req_notify_cq", ibv_req_notify_cq(cq, 0)));
	if (srq) said("ibv_post_srq_recv", INLINE("ibv_post_srq_recv", ibv_post_srq_recv(srq, &receive, &bad_receive)));
	else said("ibv_post_recv", INLINE("ibv_post_recv", ibv_post_recv(to, &receive, &bad_receive)));
	said("ibv_post_send", INLINE("ibv_post_send", ibv_post_send(from, &send, &bad_send)));
	if (!said("ibv_get_cq_event", ibv_get_cq_event(cq->channel, &cq, &data))) ibv_ack_cq_events(cq, 1);
	for (int found = 0, tries = 0; found < 2 && tries < 1000; tries++) {
		int more = INLINE("ibv_poll_cq", ibv_poll_cq(cq, 2, work));
		for (int i = 0; i < more; i++) said("a completion", (int)work[i].status);
		found += more > 0 ? more : 0;
		if (more == 0) usleep(1000);
	}
}

static void work_of(enum ibv_qp_type type, struct ibv_cq *cq, struct ibv_srq *srq) {
	struct ibv_qp_init_attr init;
	struct ibv_qp_attr attr;
	struct ibv_ah_attr to = path();
	struct ibv_qp *one = make_qp(type, cq, NULL), *other = make_qp(type, cq, srq);
	struct ibv_ah *ah = type == IBV_QPT_UD ? made("ibv_create_ah", ibv_create_ah(pd, &to)) : NULL;
	to_init(one), to_init(other);
	connect_to(one, other->qp_num), connect_to(other, one->qp_num);
	exchange(one, other, srq, ah);
	said("ibv_query_qp", ibv_query_qp(one, &attr, IBV_QP_STATE | IBV_QP_CAP, &init));
	if (ah) {
		union ibv_gid group = {.raw = {0xff, 0x0e, [15] = 1}};
		said("ibv_attach_mcast", ibv_attach_mcast(one, &group, 0xc001));
		said("ibv_detach_mcast", ibv_detach_mcast(one, &group, 0xc001));
		said("ibv_destroy_ah", ibv_destroy_ah(ah));
	} else {
		raise_event("QP_FATAL", "qp", one->handle);
	}
	attr.qp_state = IBV_QPS_ERR;
	said("ibv_modify_qp", ibv_modify_qp(other, &attr, IBV_QP_STATE));
	said("ibv_destroy_qp", ibv_destroy_qp(other));
	said("ibv_destroy_qp", ibv_destroy_qp(one));
}

int main(void) {
	struct ibv_device **list = made("ibv_get_device_list", ibv_get_device_list(NULL));
	context = made("ibv_open_device", ibv_open_device(made("the list", list[0])));
	ibv_free_device_list(list);
	look_at_device();
	port_events();
	pd = made("ibv_alloc_pd", ibv_alloc_pd(context));
	mr = made("ibv_reg_mr", INLINE("ibv_reg_mr", ibv_reg_mr(pd, memory, sizeof memory, IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_WRITE)));
	struct ibv_comp_channel *channel = made("ibv_create_comp_channel", ibv_create_comp_channel(context));
	struct ibv_cq *cq = made("ibv_create_cq", ibv_create_cq(context, 16, memory, channel, 0));
	said("ibv_resize_cq", ibv_resize_cq(cq, 32));
	raise_event("CQ_ERR", "cq", cq->handle);
	struct ibv_srq_init_attr wanted = {.attr = {.max_wr = 16, .max_sge = 1}};
	struct ibv_srq *srq = made("ibv_create_srq", ibv_create_srq(pd, &wanted));
	struct ibv_srq_attr limits = {.srq_limit = 2};
	said("ibv_modify_srq", ibv_modify_srq(srq, &limits, IBV_SRQ_LIMIT));
	limits = (struct ibv_srq_attr){.max_wr = 32};
	said("ibv_modify_srq", ibv_modify_srq(srq, &limits, IBV_SRQ_MAX_WR));
	said("ibv_query_srq", ibv_query_srq(srq, &limits));
	raise_event("SRQ_ERR", "srq", srq->handle);
	work_of(IBV_QPT_RC, cq, NULL);
	work_of(IBV_QPT_RC, cq, srq);
	work_of(IBV_QPT_UC, cq, NULL);
	work_of(IBV_QPT_UD, cq, NULL);
	/* Refused: a queue that is not empty of users, and a domain that is in use. */
	said("ibv_destroy_comp_channel, in use", ibv_destroy_comp_channel(channel));
	said("ibv_dealloc_pd, in use", ibv_dealloc_pd(pd));
	said("ibv_destroy_srq", ibv_destroy_srq(srq));
	said("ibv_destroy_cq", ibv_destroy_cq(cq));
	said("ibv_destroy_comp_channel", ibv_destroy_comp_channel(channel));
	said("ibv_dereg_mr", ibv_dereg_mr(mr));
	said("ibv_dealloc_pd", ibv_dealloc_pd(pd));
	said("ibv_close_device", ibv_close_device(context));
	return 0;
}
