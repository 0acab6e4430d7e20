Feature: Lives of objects
  What the tables say about the life of an object, taken step by step.

  @lifecycle-again
  Rule: A life that has ended leaves nothing in the way of the next

    Scenario: every life twice
      Given the device is open
      Then every life can be walked again with the same objects

  @lifecycle-order
  Rule: What was made in some order can be destroyed in the reverse order

    Scenario: every life undone at every boundary
      Given the device is open
      Then at every boundary of every life the objects can be destroyed, the newest first

  @lifecycle-use
  Rule: What is used stays as long as the life that uses it

    @needs:qp
    Scenario: what every life uses at every boundary
      Given the device is open
      Then at no boundary of any life what it uses can be destroyed

  @context-close
  Rule: Closing the file ends a life wherever it stands

    @needs:pd-counted @needs:cq-counted
    Scenario: every life cut off at every boundary
      Given the device is open
      When as many protection domains as the device allows exist and one more is created
      And as many completion queues as the device allows exist and one more is created
      And the file is closed
      Then every life can be cut off at every boundary by closing the file
      And as many protection domains as the device allows can be created in a new file
      And as many completion queues as the device allows can be created in a new file
