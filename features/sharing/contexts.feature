Feature: Contexts in several processes
  One open file, inherited by a child or received from another process.

  @share-context
  Rule: A context is the same in every process

    Scenario Outline: every kind of object through a descriptor that was <how>
      Given the device is open
      And the device is <how> by another process
      Then objects of each process answer in the other

      Examples:
        | how       |
        | inherited |
        | received  |

  @share-destroyed
  Rule: What one process destroys is gone for all

    Scenario Outline: every method on an object destroyed through a descriptor that was <how>
      Given the device is open
      When every method is called on an object destroyed through a descriptor that was <how>
      Then every call is refused

      Examples:
        | how       |
        | inherited |
        | received  |

  @share-close
  Rule: A context lives as long as anybody has it

    Scenario Outline: a process that ends while another has its descriptor <how>
      Then a file that is <how> outlives whichever process ends first

      Examples:
        | how       |
        | inherited |
        | received  |

  @context-close
  Rule: It ends with the last descriptor

    @needs:pd-counted
    Scenario Outline: protection domains of a file that was <how> and closed in both processes
      Given the device is open
      And the device is <how> by another process
      When as many protection domains as the device allows exist and one more is created
      And the file is closed
      And the file is closed in the other process
      Then as many protection domains as the device allows can be created in a new file

      Examples:
        | how       |
        | inherited |
        | received  |
