"""What stands for the text of a message that is nothing but pictures."""

PICTURE_ONLY = "[图片]"
