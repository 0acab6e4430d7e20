Feature: Device and ports
  Objects that are there from the start.

  @device-query
  Rule: The device reports its properties

    Scenario: two queries in a row
      Given the device is open
      Then the device reports the same values twice

  @device-driver
  Rule: The device says who its driver is

    @abi:uapi @needs:control-register-driver
    Scenario: drivers of several names and versions
      Given the device is open
      Then a device reports what its driver registered with

  @device-driver-named
  Rule: Numbers of a driver come with the name of the driver

    @abi:uapi
    Scenario: the device and a registered one
      Given the device is open
      Then a device with numbers of a driver names the driver

  @device-driver-stable
  Rule: The driver of a device stays the same

    @abi:uapi
    Scenario: two files, and another driver that registers
      Given the device is open
      And the device is open a second time
      Then every file of the device names the same driver, whatever registers beside it

  @device-object-id
  Rule: There is one device and one interface per file

    @abi:uapi
    Scenario: other numbers
      Given the device is open
      When device and interface are queried by other numbers
      Then every call is refused

  @device-read-only
  Rule: Fixed objects are read-only

    @abi:uapi
    Scenario: create, modify and destroy of interface, device and port
      Given the device is open
      When fixed objects are created, modified and destroyed
      Then every call is refused

  @port-query
  Rule: Every port answers

    Scenario: all ports
      Given the device is open
      Then every port answers

  @port-number
  Rule: Ports that do not exist are refused

    Scenario: numbers below and above the ports
      Given the device is open
      When ports that do not exist are queried
      Then every call is refused

  @limit-objects
  Rule: As many objects as reported can exist, and no more

    Scenario Outline: one <object> too many
      Given the device is open
      When as many <object>s as the device allows exist and one more is created
      Then every call is refused

      @needs:pd-counted
      Examples:
        | object            |
        | protection domain |

      @needs:cq-counted
      Examples:
        | object            |
        | completion queue  |

      @needs:qp @needs:qp-counted
      Examples:
        | object     |
        | queue pair |

      @abi:uapi @needs:xrcd @needs:xrcd-counted
      Examples:
        | object     |
        | XRC domain |

      @needs:srq @needs:srq-counted
      Examples:
        | object               |
        | shared receive queue |

      @abi:uapi @needs:mr @needs:mr-counted
      Examples:
        | object        |
        | memory region |

      @abi:uapi @needs:mw @needs:mw-counted
      Examples:
        | object        |
        | memory window |

      @abi:uapi @needs:ah @needs:ah-counted
      Examples:
        | object         |
        | address handle |

      @needs:wq @needs:wq-counted
      Examples:
        | object     |
        | work queue |

      @needs:rwq-ind-tbl @needs:rwq-ind-tbl-counted
      Examples:
        | object            |
        | indirection table |

      @needs:flow @needs:flow-counted
      Examples:
        | object    |
        | flow rule |

      @needs:counters @needs:counters-counted
      Examples:
        | object      |
        | counter set |
