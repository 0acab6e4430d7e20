Feature: Values inside a modify
  What is refused although the table would take the attribute, and what is stored.

  @qp-modify-port
  Rule: A port that does not exist is refused

    Scenario Outline: <type> bound to no port
      Given the device is open
      When a <type> queue pair is bound to ports that do not exist
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-raw-packet
      Examples:
        | type       |
        | RAW_PACKET |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

      @needs:qp-xrc-tgt
      Examples:
        | type    |
        | XRC_TGT |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @qp-modify-path-port
  Rule: A path leaves by the port of the queue pair

    @needs:port-ib @needs:qp-modify-connects
    Scenario Outline: <type> given paths by other ports
      Given the device is open
      When a <type> queue pair on an InfiniBand port is given paths by other ports
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

      @needs:qp-xrc-tgt
      Examples:
        | type    |
        | XRC_TGT |

    @needs:port-ib @needs:qp-modify-connects
    Scenario Outline: <type> in SQD given a path and a port that disagree
      Given the device is open
      When a <type> queue pair in SQD is given a path by one port and another port beside it
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-xrc-tgt
      Examples:
        | type    |
        | XRC_TGT |

  @qp-modify-path-transport
  Rule: A path has the transport of the port

    @abi:uapi @needs:qp-modify-connects
    Scenario Outline: <type> given a path of another transport
      Given the device is open
      When a <type> queue pair on each port is given a path of the other transport
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

      @needs:qp-xrc-tgt
      Examples:
        | type    |
        | XRC_TGT |

  @qp-modify-alt-path
  Rule: An alternate path needs an InfiniBand port

    @needs:port-ib @needs:qp-modify-connects
    Scenario Outline: <type> given an alternate path that cannot be
      Given the device is open
      When a <type> queue pair is given alternate paths by ports that cannot carry one
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

      @needs:qp-xrc-tgt
      Examples:
        | type    |
        | XRC_TGT |

    @needs:port-ib @needs:port-roce @needs:qp-rc @needs:qp-modify-connects
    Scenario: RC on a RoCE port given an alternate path by an InfiniBand port
      Given the device is open
      When a RC queue pair on a RoCE port is given an alternate path by an InfiniBand port
      Then every modify is refused and leaves the queue pair as it was

  @qp-modify-pkey
  Rule: A partition key beyond the table is refused

    @needs:qp-modify-connects
    Scenario Outline: <type> given partition keys beyond the table
      Given the device is open
      When a <type> queue pair is given partition keys beyond the table
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @qp-modify-qkey-privilege
  Rule: Privileged queue keys need a privilege

    @needs:unprivileged @needs:qp-modify-connects
    Scenario Outline: <type> in a process without privileges
      Given the device is open in a process without privileges
      When a <type> queue pair is given queue keys with the top bit set
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @qp-modify-mtu
  Rule: A path MTU above that of the port is refused

    @needs:mtu-beyond @needs:qp-modify-connects
    Scenario Outline: <type> given path MTUs above the maximum
      Given the device is open
      When a <type> queue pair on each port is given path MTUs above the maximum of the port
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

      @needs:qp-xrc-tgt
      Examples:
        | type    |
        | XRC_TGT |

  @qp-modify-rd-atomic
  Rule: More reads and atomics than the device has are refused

    @needs:qp-modify-connects
    Scenario Outline: <type> given too many reads and atomics
      Given the device is open
      When a <type> queue pair is given more reads and atomics than the device can have
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

  @qp-modify-cur-state
  Rule: A wrong belief about the current state is refused

    @abi:uapi @needs:qp-modify-connects
    Scenario Outline: <type> in <state> told that it is in another state
      Given the device is open
      When a <type> queue pair in <state> is told that it is in another state
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type | state |
        | RC   | RTR   |
        | RC   | RTS   |
        | RC   | SQD   |

      @needs:qp-ud
      Examples:
        | type | state |
        | UD   | RTR   |
        | UD   | RTS   |
        | UD   | SQD   |

      @needs:qp-driver
      Examples:
        | type   | state |
        | DRIVER | RTR   |
        | DRIVER | RTS   |
        | DRIVER | SQD   |

  @qp-modify-no-state
  Rule: Without a state a modify stays where it is

    @needs:qp-modify-connects
    Scenario Outline: <type> in <state> may stay
      Given the device is open
      When a <type> queue pair in <state> is modified without a state
      Then every call succeeds

      @needs:qp-rc
      Examples:
        | type | state |
        | RC   | RESET |
        | RC   | INIT  |
        | RC   | RTS   |
        | RC   | SQD   |
        | RC   | ERR   |

      @needs:qp-ud
      Examples:
        | type | state |
        | UD   | RESET |
        | UD   | INIT  |
        | UD   | RTS   |
        | UD   | SQD   |
        | UD   | ERR   |

      @needs:qp-driver
      Examples:
        | type   | state |
        | DRIVER | RESET |
        | DRIVER | INIT  |
        | DRIVER | RTS   |
        | DRIVER | SQD   |
        | DRIVER | ERR   |

    @needs:qp-modify-connects
    Scenario Outline: <type> in <state> may not stay
      Given the device is open
      When a <type> queue pair in <state> is modified without a state
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type | state |
        | RC   | RTR   |

      @needs:qp-rc @needs:control-force-state
      Examples:
        | type | state |
        | RC   | SQE   |

      @needs:qp-ud
      Examples:
        | type | state |
        | UD   | RTR   |

      @needs:qp-ud @needs:control-force-state
      Examples:
        | type | state |
        | UD   | SQE   |

      @needs:qp-driver
      Examples:
        | type   | state |
        | DRIVER | RTR   |

      @needs:qp-driver @needs:control-force-state
      Examples:
        | type   | state |
        | DRIVER | SQE   |

  @qp-modify-atomic
  Rule: A modify happens in whole or not at all

    @needs:qp-modify-connects
    Scenario Outline: <type> given one bad value among good ones
      Given the device is open
      When a <type> queue pair gets one bad value among good ones, at each place of the message
      Then nothing of the modifies was taken over

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @qp-modify-applies
  Rule: A modify sets what it carries and nothing else

    @needs:qp-modify-connects
    Scenario Outline: <type> on its way to RTS
      Given the device is open
      Then a <type> queue pair on its way to RTS reports each value it was given and keeps the others

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-raw-packet
      Examples:
        | type       |
        | RAW_PACKET |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

      @needs:qp-xrc-tgt
      Examples:
        | type    |
        | XRC_TGT |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @qp-modify-psn
  Rule: Packet sequence numbers have 24 bits

    @needs:qp-modify-connects
    Scenario Outline: <type> given wide numbers
      Given the device is open
      Then a <type> queue pair given wide packet sequence numbers reports their low 24 bits

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

  @qp-modify-reset
  Rule: RESET makes a queue pair new

    @needs:qp-modify-connects
    Scenario Outline: <type> from <state> to RESET
      Given the device is open
      Then a <type> queue pair moved from <state> to RESET reports what a new one reports

      @needs:qp-rc
      Examples:
        | type | state |
        | RC   | INIT  |
        | RC   | RTS   |
        | RC   | SQD   |
        | RC   | ERR   |

      @needs:qp-ud
      Examples:
        | type | state |
        | UD   | INIT  |
        | UD   | RTS   |
        | UD   | SQD   |
        | UD   | ERR   |

      @needs:qp-driver
      Examples:
        | type   | state |
        | DRIVER | INIT  |
        | DRIVER | RTS   |
        | DRIVER | SQD   |
        | DRIVER | ERR   |
