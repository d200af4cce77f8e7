"""Tables of calls that AWS refuses, and the code that each is refused with."""

from typing import Any, Callable, NamedTuple, Tuple, Union

from lab import knows, refusal, too_old


class Case(NamedTuple):
    """One refused call, given the scene it is played in."""

    what: str
    # Several where AWS's documentation leaves it open.
    code: Union[str, Tuple[str, ...]]
    call: Callable[[Any], Any]
    # Words of the message, where one code stands for several reasons.
    says: str = ''
    # The operation and input member that an old client may lack; the EC2 client's.
    needs: Tuple[str, str] = ()


def play(test, cases, scene):
    """Plays every case, and checks that no refused call changed anything the scene can see."""
    before = scene.look()
    for case in cases:
        with test.subTest(case.what):
            if case.needs and not knows(scene.vendor.ec2, *case.needs):
                test.skipTest(too_old('ec2 ' + ' '.join(case.needs)))
            code, message = refusal(lambda: case.call(scene))
            allowed = (case.code,) if isinstance(case.code, str) else case.code
            test.assertIn(code, allowed, message)
            test.assertIn(case.says, message)
    test.assertEqual(scene.look(), before)


def stripped(answer):
    """An answer without what differs from call to call."""
    return {key: value for key, value in answer.items() if key != 'ResponseMetadata'}
