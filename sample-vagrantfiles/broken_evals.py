"""Sample evals whose sandboxes do not come up, each for another reason. They show how a failed start is reported.

    inspect eval broken_evals.py@broken_provisioner --model mockllm/model
"""

from inspect_ai import Task, task
from inspect_ai.dataset import Sample


@task
def broken_syntax():
    """The Vagrantfile is not Ruby."""
    return never_starts("broken-syntax/Vagrantfile")


@task
def broken_provisioner():
    """The machine boots, then its second provisioner fails."""
    return never_starts("broken-provisioner/Vagrantfile")


@task
def missing_box():
    """There is no box of that name."""
    return never_starts("missing-box/Vagrantfile")


def never_starts(vagrantfile: str) -> Task:
    return Task(
        dataset=[Sample(id="never-starts", input="Start this sandbox and read why it does not come up.", target="")],
        sandbox=("vagrant", vagrantfile),
    )
