"""Install what the tests use beyond Python, from Debian, where apt may be used; else do nothing.

A browser for the learner's part, and bubblewrap, without which the attacks on the strongest
sandbox have nothing to attack.

Not here: what happens without them; tests/conftest.py says so and leaves their tests out.
"""

import os
import shutil
import subprocess

# Command → the package that has it.
PACKAGES = {"chromium": "chromium", "bwrap": "bubblewrap"}


def main() -> None:
    """Install what is missing, if this user may."""
    missing = [package for name, package in PACKAGES.items() if shutil.which(name) is None]
    apt = shutil.which("apt-get")
    if not missing or apt is None:
        return
    if os.geteuid() == 0:
        root = []
    elif shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"]).returncode == 0:
        root = ["sudo", "-n"]
    else:
        return
    print(f"annkit: installing Debian's {' and '.join(missing)} for the tests", flush=True)
    quiet = [*root, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq"]
    install = [*quiet, "install", "-y", "--no-install-recommends", *missing]
    if subprocess.run(install, stdout=subprocess.DEVNULL).returncode != 0:
        subprocess.run([*quiet, "update"])
        subprocess.run(install)


if __name__ == "__main__":
    main()
