Feature: Queue pairs of iWARP
  What modify does to a queue pair that has no connection.

  @iwarp-idle
  Rule: An idle queue pair takes the modifies that the connection manager has a program make

    @needs:port-iwarp @needs:qp-rc
    Scenario Outline: an iWARP <type> queue pair in <state> is moved to <to>
      Given the device is open
      When an iWARP <type> queue pair in <state> is moved to <to>, bare and with each optional attribute
      Then every call succeeds

      Examples:
        | type | state | to   |
        | RC   | RESET | INIT |
        | RC   | RESET | RTR  |
        | RC   | INIT  | INIT |
        | RC   | INIT  | RTR  |
        | RC   | RTR   | INIT |
        | RC   | RTR   | RTR  |

  @iwarp-nothing
  Rule: A modify may carry nothing

    @needs:port-iwarp @needs:qp-rc
    Scenario Outline: an iWARP <type> queue pair in <state> is given nothing
      Given the device is open
      When an iWARP <type> queue pair in <state> is modified with nothing
      Then every call succeeds

      Examples:
        | type | state |
        | RC   | RESET |
        | RC   | INIT  |
        | RC   | RTR   |
        | RC   | ERR   |

  @iwarp-connection
  Rule: There is no RTS without a connection

    @needs:port-iwarp @needs:qp-rc
    Scenario Outline: an iWARP <type> queue pair in <state> is asked for RTS
      Given the device is open
      When an iWARP <type> queue pair in <state> is moved to RTS, bare and with each optional attribute
      Then every call is refused

      Examples:
        | type | state |
        | RC   | RESET |
        | RC   | INIT  |
        | RC   | RTR   |

  @iwarp-error
  Rule: A queue pair can always be given up

    @needs:port-iwarp @needs:qp-rc
    Scenario Outline: an iWARP <type> queue pair in <state> is given up
      Given the device is open
      When an iWARP <type> queue pair in <state> is moved to ERR, bare and with each optional attribute
      Then every call succeeds

      Examples:
        | type | state |
        | RC   | RESET |
        | RC   | INIT  |
        | RC   | RTR   |
        | RC   | ERR   |

  @iwarp-error-connection
  Rule: No modify leads from ERR to RTS

    @needs:port-iwarp @needs:qp-rc
    Scenario: an iWARP RC queue pair that was given up is asked for RTS
      Given the device is open
      When an iWARP RC queue pair in ERR is moved to RTS, bare and with each optional attribute
      Then every call is refused

  @iwarp-state
  Rule: A query tells an idle queue pair from one in ERR

    @needs:port-iwarp @needs:qp-rc
    Scenario: an iWARP RC queue pair that was just created, moved, refused and given up
      Given the device is open
      Then an iWARP RC queue pair reports after each move a state that it can be in

  @iwarp-attribute-unknown
  Rule: Attributes beyond the first 21 are not supported

    @needs:port-iwarp @needs:qp-rc
    Scenario Outline: an iWARP <type> queue pair in <state> is given a rate limit
      Given the device is open
      When an iWARP <type> queue pair in <state> is given a rate limit
      Then every call is refused

      Examples:
        | type | state |
        | RC   | RESET |
        | RC   | INIT  |
        | RC   | ERR   |
