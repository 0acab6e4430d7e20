Feature: Handles
  What a handle names, how long, and to whom.

  @handle-returned
  Rule: A create returns the handle at which the object answers

    Scenario: every kind of object answers at its handle
      Given the device is open
      Then each object answers at the handle it was given

  @handle-unique
  Rule: No two live objects of a class share a handle

    Scenario: twelve objects of every kind
      Given the device is open
      Then 12 objects of each kind have 12 different handles

  @handle-unknown
  Rule: A handle that names nothing is refused

    Scenario: every method on a handle never given out
      Given the device is open
      When every method is called with unknown-object
      Then every call is refused

  @handle-destroyed
  Rule: A handle ends with its object

    Scenario: every method on an object that was destroyed
      Given the device is open
      When every method is called on an object that was destroyed
      Then every call is refused

  @handle-context
  Rule: A handle means nothing in another file

    Scenario: every method on an object of another file
      Given the device is open
      And the device is open a second time
      When every method is called through the second file on an object of the first
      Then every call is refused

  @handle-attribute-unknown
  Rule: A handle inside an attribute must name an object

    @needs:qp
    Scenario: handles never given out
      Given the device is open
      When queue pairs, or whatever takes handles, are created with a handle that was unknown
      Then every call is refused

    @needs:qp
    Scenario: handles of destroyed objects
      Given the device is open
      When queue pairs, or whatever takes handles, are created with a handle that was destroyed
      Then every call is refused

    @needs:qp
    Scenario: handles of another file
      Given the device is open
      And the device is open a second time
      When queue pairs, or whatever takes handles, are created with a handle that was foreign
      Then every call is refused

  @handle-space
  Rule: Each class has its own handles

    @abi:uapi
    Scenario: a protection domain and a completion queue with the same number
      Given the device is open
      Then the number of a protection domain names no completion queue, and the end of one is not the end of the other

    @abi:uapi
    Scenario: a completion queue and a protection domain with the same number
      Given the device is open
      Then the number of a completion queue names no protection domain, and the end of one is not the end of the other

  @handle-qp-class
  Rule: A queue pair answers only through the class of its type

    @abi:uapi @needs:qp-ud @needs:qp-rc
    Scenario: queue pairs of every type through the classes of the others
      Given the device is open
      When a queue pair of each type is addressed through the class of every other
      Then every call is refused

    @abi:uapi @needs:qp-ud @needs:qp-driver
    Scenario: datagram queue pairs through the class of the DRIVER type and the reverse
      Given the device is open
      When a queue pair of each type is addressed through the class of every other
      Then every call is refused

  @handle-lowest
  Rule: The lowest free handle is handed out first

    Scenario: protection domains destroyed out of order
      Given the device is open
      Then the lowest free handle is handed out again

  @context-isolation
  Rule: Objects of one file do not feel the end of another's

    Scenario: protection domains with the same handle in two files
      Given the device is open
      And the device is open a second time
      Then objects of the second file survive the end of those of the first

  @context-close
  Rule: Closing the file destroys its objects

    Scenario Outline: a full set of <objects> closed and made again
      Given the device is open
      When as many <object>s as the device allows exist and one more is created
      And the file is closed
      Then as many <object>s as the device allows can be created in a new file

      @needs:pd-counted
      Examples:
        | object            | objects            |
        | protection domain | protection domains |

      @needs:cq-counted
      Examples:
        | object            | objects            |
        | completion queue  | completion queues  |

      @needs:qp @needs:qp-counted
      Examples:
        | object     | objects     |
        | queue pair | queue pairs |

      @needs:mr @needs:mr-counted
      Examples:
        | object        | objects        |
        | memory region | memory regions |

      @needs:mw @needs:mw-counted
      Examples:
        | object        | objects        |
        | memory window | memory windows |

      @needs:ah @needs:ah-counted
      Examples:
        | object         | objects         |
        | address handle | address handles |

  @driver-class
  Rule: A driver's own class is served like the others

    @needs:driver-class
    Scenario: a hardware context from creation to destruction
      Given the device is open
      And a hardware context
      When the hardware context is destroyed
      Then the call succeeds
      And the hardware context is gone
