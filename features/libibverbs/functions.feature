Feature: Functions of libibverbs 1.0
  The calls of each function, as the table in spec/libibverbs.yaml has them.

  @libibverbs-values
  Rule: A function can hand out all that it promises

    Scenario Outline: the answers to <function>
      Given the device is open
      When the calls of <function> are made
      Then they tell all that <function> hands to its caller

      Examples:
        | function         |
        | ibv_query_device |
        | ibv_query_port   |
        | ibv_alloc_pd     |

      @needs:async-event
      Examples:
        | function        |
        | ibv_open_device |

      @abi:uverbs
      Examples:
        | function      |
        | ibv_query_gid |

      @needs:mr
      Examples:
        | function   |
        | ibv_reg_mr |

      @needs:comp-channel
      Examples:
        | function                |
        | ibv_create_comp_channel |

      @needs:cq
      Examples:
        | function       |
        | ibv_create_cq  |
        | ibv_destroy_cq |

      @needs:cq @needs:cq-modify
      Examples:
        | function      |
        | ibv_resize_cq |

      @needs:srq
      Examples:
        | function       |
        | ibv_create_srq |
        | ibv_query_srq  |

      @needs:qp
      Examples:
        | function      |
        | ibv_create_qp |
        | ibv_query_qp  |

      @needs:ah
      Examples:
        | function      |
        | ibv_create_ah |

  @libibverbs-effect
  Rule: When a function returns, what it is for has been done

    Scenario Outline: after <function>
      Given the device is open
      Then what <function> is for has been done by its calls

      Examples:
        | function       |
        | ibv_dealloc_pd |

      @needs:async-event
      Examples:
        | function         |
        | ibv_close_device |

      @needs:mr
      Examples:
        | function     |
        | ibv_dereg_mr |

      @needs:comp-channel
      Examples:
        | function                 |
        | ibv_destroy_comp_channel |

      @needs:cq
      Examples:
        | function       |
        | ibv_destroy_cq |

      @needs:srq
      Examples:
        | function        |
        | ibv_destroy_srq |

      @needs:srq @needs:srq-modify
      Examples:
        | function       |
        | ibv_modify_srq |

      @needs:qp @needs:qp-modify-connects
      Examples:
        | function       |
        | ibv_modify_qp  |
        | ibv_destroy_qp |

      @needs:mcast
      Examples:
        | function         |
        | ibv_attach_mcast |
        | ibv_detach_mcast |

      @needs:ah
      Examples:
        | function       |
        | ibv_destroy_ah |

  @libibverbs-event
  Rule: An event leads to the struct of its object

    Scenario Outline: a read by <function>
      Given the device is open
      Then <function> reads one event, of its object

      @needs:async-event @needs:cq @needs:control-raise-event
      Examples:
        | function            |
        | ibv_get_async_event |

      @needs:comp-channel @needs:post @needs:qp-rc
      Examples:
        | function         |
        | ibv_get_cq_event |

  @libibverbs-acknowledge
  Rule: The library learns how many acknowledgements to wait for

    Scenario Outline: what <function> rests on
      Given the device is open
      Then what <function> acknowledges is told at the end of the object

      @needs:async-event @needs:cq @needs:control-raise-event
      Examples:
        | function            |
        | ibv_ack_async_event |

      @needs:comp-channel @needs:post @needs:qp-rc
      Examples:
        | function          |
        | ibv_ack_cq_events |

  @libibverbs-work
  Rule: What is posted is polled

    @needs:post @needs:comp-channel @needs:qp-rc
    Scenario Outline: one message with <function>
      Given the device is open
      Then work through <function> is told of once

      Examples:
        | function      |
        | ibv_post_send |
        | ibv_post_recv |
        | ibv_poll_cq   |

      @needs:srq
      Examples:
        | function          |
        | ibv_post_srq_recv |

      @needs:cq-req-notify
      Examples:
        | function          |
        | ibv_req_notify_cq |
