"""Install Debian's Chromium for the browser test, where apt may be used; else do nothing.

Not here: what happens without one; tests/conftest.py says so and leaves the browser test out.
"""

import os
import shutil
import subprocess


def main() -> None:
    """Install the browser if it is missing and this user may."""
    apt = shutil.which("apt-get")
    if shutil.which("chromium") or apt is None:
        return
    if os.geteuid() == 0:
        root = []
    elif shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"]).returncode == 0:
        root = ["sudo", "-n"]
    else:
        return
    print("annkit: installing Debian's chromium for the browser test", flush=True)
    quiet = [*root, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq"]
    install = [*quiet, "install", "-y", "--no-install-recommends", "chromium"]
    if subprocess.run(install, stdout=subprocess.DEVNULL).returncode != 0:
        subprocess.run([*quiet, "update"])
        subprocess.run(install)


if __name__ == "__main__":
    main()
