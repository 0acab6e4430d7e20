Feature: Multicast groups
  Which queue pairs become members, how many, and how they stop.

  @mcast-attach
  Rule: A UD queue pair can be attached, and again without effect

    @needs:mcast @needs:qp-ud
    Scenario: two groups
      Given the device is open
      And a UD queue pair in INIT
      When the queue pair is attached to multicast groups
      Then every call succeeds

    @needs:mcast @needs:qp-ud
    Scenario: the same group twice
      Given the device is open
      And a UD queue pair in INIT
      And it is attached to a multicast group
      Then attaching it again changes nothing

  @mcast-type
  Rule: Queue pairs of other types are no members

    @needs:mcast @needs:qp-rc
    Scenario: queue pairs of every other type
      Given the device is open
      When queue pairs of other types than UD are attached
      Then every call is refused

  @mcast-gid
  Rule: A group has a multicast GID

    @needs:mcast @needs:qp-ud
    Scenario: unicast GIDs
      Given the device is open
      And a UD queue pair in INIT
      When the queue pair is attached to unicast GIDs
      Then every call is refused

  @mcast-limit
  Rule: As many members as reported, and no more

    @needs:mcast @needs:qp-ud
    Scenario: one member too many
      Given the device is open
      When one queue pair too many is attached to a group
      Then every call is refused

  @mcast-limit-groups
  Rule: As many groups as reported, and no more

    @needs:mcast @needs:qp-ud
    Scenario: one group too many
      Given the device is open
      And a UD queue pair in INIT
      When members are attached to one group too many
      Then every call is refused

  @mcast-detach
  Rule: A membership can be ended

    @needs:mcast @needs:qp-ud
    Scenario: a member leaves
      Given the device is open
      And a UD queue pair in INIT
      And it is attached to a multicast group
      When the queue pair is detached from the group
      Then the call succeeds

    @abi:uapi @needs:mcast @needs:qp-ud
    Scenario: a member leaves a full group
      Given the device is open
      Then a detach frees its place in a full group

  @mcast-detach-unknown
  Rule: Only members can leave

    @needs:mcast @needs:qp-ud
    Scenario: other groups
      Given the device is open
      And a UD queue pair in INIT
      And it is attached to a multicast group
      When the queue pair is detached from groups it is not attached to
      Then every call is refused

  @mcast-destroy-busy
  Rule: A member cannot be destroyed

    @needs:mcast @needs:qp-ud
    Scenario: a member destroyed
      Given the device is open
      And a UD queue pair in INIT
      And it is attached to a multicast group
      When the queue pair is destroyed
      Then the call is refused
      And the queue pair is still attached, and can be destroyed once it is not

  @mcast-close
  Rule: The members of a file leave with it

    @needs:mcast @needs:qp-ud
    Scenario: every group closed and made again
      Given the device is open
      And the device is open a second time
      And a UD queue pair in INIT
      When members are attached to one group too many
      And the file is closed
      Then a queue pair of the second file can be attached to as many other groups
