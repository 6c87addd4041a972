"""Addresses as people type them."""

from email_validator import EmailNotValidError, validate_email

from digest.errors import DigestError


def parse(email: str) -> tuple[str, str]:
    """Return an address as it is to be used, and as it is compared: in ASCII, since any server takes mail to that.

    A domain may be typed in any script; what stands before the `@` cannot be put into ASCII. Raises
    DigestError("error.address") where the address cannot be one, or could be taken for an encoded word (mail.md 2.6).
    """
    try:
        valid = validate_email(email.strip(), check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as error:
        raise DigestError("error.address", address=email) from error
    address = valid.ascii_email or valid.normalized
    if "=?" in address:
        raise DigestError("error.address", address=email)
    return address, address.lower()
