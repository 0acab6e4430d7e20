Feature: Address handles of the kernel
  Consumers that say whether the driver may sleep.

  @ah-kernel
  Rule: Consumers that may sleep get address handles

    @needs:ah @needs:control-kernel-call
    Scenario: a consumer in a thread of the kernel
      Given the device is open
      Then a consumer that may sleep gets an address handle and is rid of it again

  @ah-sleepable-user
  Rule: Calls of processes can always sleep

    @needs:ah @needs:ah-slept
    Scenario: an address handle that a process makes
      Given the device is open
      When an address handle is created
      Then the call succeeds

    @needs:ah @needs:ah-slept
    Scenario: an address handle that a process destroys
      Given the device is open
      And an address handle
      When the address handle is destroyed
      Then the call succeeds

  @ah-atomic-create
  Rule: Where nothing may sleep, there is an address handle or a plain refusal

    @needs:ah @needs:control-kernel-call
    Scenario: a consumer in an atomic context
      Given the device is open
      Then a consumer that may not sleep gets an address handle or nothing

  @ah-atomic-sleep
  Rule: A driver does not sleep where it may not

    @needs:ah @needs:control-kernel-call
    Scenario: a consumer in an atomic context and a device that is silent
      Given the device is open
      Then the driver never sleeps where its consumer may not

  @ah-atomic-bounded
  Rule: A driver that may not sleep does not poll for ever

    @needs:ah @needs:control-kernel-call
    Scenario: a device that answers and one that is silent
      Given the device is open
      Then a driver that may not sleep returns in bounded time

  @ah-create-timeout
  Rule: A create that is not answered makes nothing

    @needs:ah @needs:control-kernel-call @needs:control-stall @needs:control-release @needs:stall-hardware
    Scenario: a create and a device that is silent
      Given the device is open
      Then a create that the device does not answer leaves nothing behind

  @ah-destroy-timeout
  Rule: A destroy that is not answered can be made again

    @needs:ah @needs:control-kernel-call @needs:control-stall @needs:control-release @needs:stall-hardware
    Scenario: a destroy and a device that is silent
      Given the device is open
      Then a destroy that the device does not answer is done or can be done again

  @kernel-objects
  Rule: Objects of the kernel are no business of processes

    @needs:control-kernel-call
    Scenario: a protection domain of the kernel
      Given the device is open
      Then no process finds an object of the kernel
