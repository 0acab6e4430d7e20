// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
#include <fcntl.h>
#include <linux/netlink.h>
#include <poll.h>
#include <rdma/ib_user_verbs.h>
#include <rdma/rdma_netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "selftest.h"

int plug(void)
{
	struct {
		struct nlmsghdr head;
		char attributes[256];
	} question = { .head = { NLMSG_HDRLEN, RDMA_NL_GET_TYPE(RDMA_NL_NLDEV, RDMA_NLDEV_CMD_NEWLINK),
				 NLM_F_REQUEST | NLM_F_ACK, 0, 0 } };
	struct {
		struct nlmsghdr head;
		struct nlmsgerr error;
		char rest[512];
	} answer;
	const struct {
		int type;
		const char *text;
	} attributes[] = { { RDMA_NLDEV_ATTR_DEV_NAME, device },
			   { RDMA_NLDEV_ATTR_LINK_TYPE, driver },
			   { RDMA_NLDEV_ATTR_NDEV_NAME, netdev } };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_RDMA), i;

	for (i = 0; i < 3; i++) {
		struct nlattr *at = (void *)((char *)&question + NLMSG_ALIGN(question.head.nlmsg_len));

		at->nla_type = attributes[i].type;
		at->nla_len = NLA_HDRLEN + strlen(attributes[i].text) + 1;
		strcpy((char *)at + NLA_HDRLEN, attributes[i].text);
		question.head.nlmsg_len = NLMSG_ALIGN(question.head.nlmsg_len) + at->nla_len;
	}
	if (send(fd, &question, question.head.nlmsg_len, 0) < 0 || recv(fd, &answer, sizeof(answer), 0) < 0)
		answer.error.error = -errno;
	close(fd);
	for (i = 0; i < 100 && access(NODE, R_OK); i++)
		pause_ms(10);
	return -answer.error.error;
}

struct request {
	struct ib_uverbs_cmd_hdr header;
	uint64_t response;
	char rest[256];
} __attribute__((packed, aligned(4)));

/* A write command: 0 or an errno. */
static int uverbs(int fd, unsigned int number, struct request *request, size_t bytes, void *response, size_t room)
{
	request->header.command = number;
	request->header.in_words = (sizeof(request->header) + bytes) / 4;
	request->header.out_words = room / 4;
	request->response = (uintptr_t)response;
	return write(fd, request, sizeof(request->header) + bytes) < 0 ? errno : 0;
}

int alloc_pd(int fd, uint32_t *handle)
{
	struct ib_uverbs_alloc_pd_resp response = {};
	struct request request = {};
	int error = uverbs(fd, IB_USER_VERBS_CMD_ALLOC_PD, &request, sizeof(struct ib_uverbs_alloc_pd), &response,
			   sizeof(response));

	*handle = response.pd_handle;
	return error;
}

int dealloc_pd(int fd, uint32_t handle)
{
	struct {
		struct ib_uverbs_cmd_hdr header;
		uint32_t handle;
	} request = { { IB_USER_VERBS_CMD_DEALLOC_PD, sizeof(request) / 4, 0 }, handle };

	return write(fd, &request, sizeof(request)) < 0 ? errno : 0;
}

void open_context(struct context *context)
{
	struct {
		struct ib_uverbs_get_context_resp core;
		char room[64];
	} got = {};
	struct request request = {};

	memset(context, 0, sizeof(*context));
	context->fd = open(NODE, O_RDWR | O_CLOEXEC);
	check(context->fd >= 0, "open: %d", errno);
	check(!uverbs(context->fd, IB_USER_VERBS_CMD_GET_CONTEXT, &request, sizeof(struct ib_uverbs_get_context), &got,
		      sizeof(got)), "GET_CONTEXT: %d", errno);
	context->async = got.core.async_fd;
}

static void create_srq(struct context *context)
{
	struct {
		struct ib_uverbs_create_srq_resp core;
		char room[64];
	} srq = {};
	struct ib_uverbs_create_srq new = { .user_handle = 0xe0, .pd_handle = context->pd, .max_wr = 1, .max_sge = 1 };
	struct request request = {};
	int error;

	memcpy(&request.response, &new, sizeof(new));
	error = uverbs(context->fd, IB_USER_VERBS_CMD_CREATE_SRQ, &request, sizeof(new), &srq, sizeof(srq));
	check(!error, "CREATE_SRQ: %d", error);
	context->srq = srq.core.srq_handle;
}

void populate(struct context *context)
{
	struct {
		struct ib_uverbs_create_cq_resp core;
		struct {
			uint64_t offset;
			uint32_t size, pad;
		} map;
		char room[64];
	} cq = {};
	struct {
		struct ib_uverbs_create_qp_resp core;
		char room[64];
	} qp = {};
	struct ib_uverbs_create_cq new_cq = { .user_handle = 0xc0, .cqe = 4, .comp_channel = -1 };
	struct ib_uverbs_create_qp new_qp = { .user_handle = 0xd0, .max_send_wr = 1, .max_recv_wr = 1,
					      .max_send_sge = 1, .max_recv_sge = 1, .qp_type = 2 /* RC */ };
	struct request request = {};

	check(!alloc_pd(context->fd, &context->pd), "ALLOC_PD: %d", errno);
	memcpy(&request.response, &new_cq, sizeof(new_cq));
	check(!uverbs(context->fd, IB_USER_VERBS_CMD_CREATE_CQ, &request, sizeof(new_cq), &cq, sizeof(cq)),
	      "CREATE_CQ: %d", errno);
	context->cq = cq.core.cq_handle;
	context->map_offset = cq.map.offset;
	context->map_length = cq.map.size;
	create_srq(context);
	new_qp.pd_handle = context->pd;
	new_qp.send_cq_handle = new_qp.recv_cq_handle = context->cq;
	memcpy(&request.response, &new_qp, sizeof(new_qp));
	check(!uverbs(context->fd, IB_USER_VERBS_CMD_CREATE_QP, &request, sizeof(new_qp), &qp, sizeof(qp)),
	      "CREATE_QP: %d", errno);
	context->qp = qp.core.qp_handle;
	context->qpn = qp.core.qpn;
}

void close_context(struct context *context)
{
	close(context->fd);
	close(context->async);
}

int next_event(int fd, uint64_t *element)
{
	struct ib_uverbs_async_event_desc event = {};
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	if (poll(&poll_fd, 1, 500) != 1 || read(fd, &event, sizeof(event)) != sizeof(event))
		return -1;
	*element = event.element;
	return event.event_type;
}
