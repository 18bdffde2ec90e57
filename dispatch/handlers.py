"""The kinds of promise that this room keeps itself, and the e-mails that any room may send."""

from accounts.links import listen
from dispatch import email, other_ways, password_links
from dispatch.domain.queues import Queue
from dispatch.registry import handler

handler("email", queue=Queue.MAIL)(email.send)
other_ways.register("email", other_ways.of_email)
handler(password_links.KIND, queue=Queue.MAIL)(password_links.send)
listen(password_links.promise_link)

email.register_template(
    "work_waits",
    subject=f"{email.SYSTEM_NAME}: work in the background waits for an operator",
    url_name="dispatch:operations",
)
email.register_template(
    "watch_silent",
    subject=f"{email.SYSTEM_NAME}: a watch of the system is silent",
    url_name="dispatch:operations",
)
email.register_template(
    "something_to_do",
    subject=f"{email.SYSTEM_NAME}: there is something for an operator to do",
    url_name="dispatch:operations",
)
email.register_template("waiting", subject=f"{email.SYSTEM_NAME}: something waits for you", url_name="home")
