"""Training in a real kernel, started by the button as a browser does, ended by the interrupt."""

import os
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).parents[2]
LIVE = """
from nnlib.widgets import Live, Number

def run(progress, rate):
    open({file!r}, "w").close()
    while True:
        progress(1, 2)

live = Live(run, {{"rate": Number("Rate", 0.1)}})
print(live.button.comm.comm_id)"""
STATE = "print(live.message.value, live.button.disabled)"


def printed(client, code):
    texts = []

    def keep(message):
        if message["header"]["msg_type"] == "stream":
            texts.append(message["content"]["text"])

    reply = client.execute_interactive(code, timeout=60, output_hook=keep)
    assert reply["content"]["status"] == "ok"
    return "".join(texts).strip()


def test_the_interrupt_button_ends_a_training(tmp_path):
    file = tmp_path / "running"
    manager, client = start_new_kernel(env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        button = printed(client, LIVE.format(file=str(file)))
        data = {"method": "custom", "content": {"event": "click"}}
        client.shell_channel.send(
            client.session.msg("comm_msg", {"comm_id": button, "data": data})
        )
        for _ in range(1200):
            if file.exists():
                break
            time.sleep(0.05)
        manager.interrupt_kernel()
        assert printed(client, STATE) == '<p class="nn-error">Training was interrupted</p> False'
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
