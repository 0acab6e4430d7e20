Feature: Address handles by the list
  The call of a driver that makes many address handles at once, against the loop it stands for.

  @ah-many
  Rule: A list comes to the same as the loop

    @abi:uapi @needs:ah @needs:ah-many
    Scenario: lists of one path, of some and of as many as one call takes
      Given the device is open
      Then a list of paths makes the address handles that creates one by one would make

  @ah-many-stops
  Rule: The first path that is not accepted ends the list

    @abi:uapi @needs:ah @needs:ah-many
    Scenario: an unsound path behind sound ones
      Given the device is open
      Then a list stops at its first unsound path and tells how far it came

    @abi:uapi @needs:ah @needs:ah-many @needs:ah-counted
    Scenario: more paths than the device has room for
      Given the device is open
      Then a list stops where the limit of address handles is reached

  @ah-many-first
  Rule: A list whose first path is not accepted is refused

    @abi:uapi @needs:ah @needs:ah-many
    Scenario: unsound paths in front
      Given the device is open
      When lists are sent whose first path is unsound
      Then every call is refused

    @abi:uapi @needs:ah @needs:ah-many @needs:ah-counted
    Scenario: a device that is full
      Given the device is open
      When a list is sent to a device without room
      Then every call is refused

  @ah-many-count
  Rule: A list has at least one path and no more than the device takes

    @abi:uapi @needs:ah @needs:ah-many
    Scenario: none and one too many
      Given the device is open
      When lists of too few and too many paths are sent
      Then every call is refused

  @ah-many-room
  Rule: There is room for every handle, or nothing is made

    @abi:uapi @needs:ah @needs:ah-many
    Scenario: room for one handle less, and for one
      Given the device is open
      When a list is sent with room for fewer handles than paths
      Then every call is refused

  @ah-atomic-create
  Rule: Where nothing may sleep, there is what was asked for or a plain refusal

    @abi:uapi @needs:ah @needs:ah-many @needs:control-kernel-call
    Scenario: a list by a consumer in an atomic context
      Given the device is open
      Then a consumer that may not sleep gets the whole list or nothing

  @ah-create-timeout
  Rule: A list that is not answered makes nothing

    @abi:uapi @needs:ah @needs:ah-many @needs:control-kernel-call @needs:control-stall @needs:control-release @needs:stall-hardware
    Scenario: a list and a device that is silent
      Given the device is open
      Then a list that the device does not answer leaves nothing behind
