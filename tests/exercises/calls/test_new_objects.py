"""While an answer is judged, the collector leaves out what was there before."""

import gc

from annkit.exercises.calls.surroundings import only_new_objects_collected


def test_what_was_there_before_is_left_out_and_looked_through_again_afterwards():
    was_left_out = gc.get_freeze_count()  # the tests leave out what they have loaded
    gc.unfreeze()
    try:
        with only_new_objects_collected():
            before = gc.get_freeze_count()
            assert before > 0
            with only_new_objects_collected():
                pass
            assert gc.get_freeze_count() == before  # to be ended by whoever has begun
        assert gc.get_freeze_count() == 0
    finally:
        if was_left_out:
            gc.freeze()


def test_new_garbage_is_collected_meanwhile():
    gone = []
    with only_new_objects_collected():

        class Node:
            itself: object = None

            def __del__(self):
                gone.append(self)

        node = Node()
        node.itself = node
        del node
        gc.collect()
        assert len(gone) == 1
