Feature: Limits on numbers of objects
  Every kind of object that the tables give a limit, filled up in one file, in two, and beside the other kinds.

  @limit-objects
  Rule: As many objects as reported can exist, and no more

    @abi:uapi
    Scenario: every kind of object up to its limit and once more
      Given the device is open
      When every kind of object is made up to its limit and once more
      Then every call is refused

  @context-close
  Rule: Closing the file gives every object back

    @abi:uapi
    Scenario: every kind of object up to its limit in one file after the other
      Given the device is open
      Then every kind of object can be made up to its limit again and again

  @limit-shared
  Rule: The objects of all files count together

    @abi:uapi
    Scenario: half of every limit in each of two files
      Given the device is open
      When two files share every limit and each makes one more
      Then every call is refused

  @limit-returned
  Rule: What a closed file held is there for the others

    @abi:uapi
    Scenario: one of two files is closed
      Given the device is open
      When one of two files at a limit is closed and the other makes up for it and one more
      Then every call is refused

  @limit-types
  Rule: Queue pairs of all types count together

    @abi:uapi @needs:qp
    Scenario: queue pairs of every type in turn
      Given the device is open
      When queue pairs of all types together reach the limit and one more of each is created
      Then every call is refused

  @limit-separate
  Rule: Each class counts alone

    @abi:uapi
    Scenario: every kind beside every other that is at its limit
      Given the device is open
      When each kind of object is at its limit and one of every other is created
      Then every call succeeds
