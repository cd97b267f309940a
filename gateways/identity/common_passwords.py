"""The words of which the commonest passwords are made."""

__all__ = ["COMMON_WORDS", "KEYBOARD_ROWS"]

_TEXT = """
access account action adidas admin administrator adobe agent alexander alexis amanda america andrea andrew angel
angela animal anthony apple april arsenal asdf ashley august austin autumn azerty babygirl bailey banana bandit
barcelona barney baseball basketball batman beautiful benjamin berlin blessed blink blue bonjour boomer booboo brandon
brasil bulldog buster butter butterfly callcenter callcentre canada carlos caroline casper center centre chang charlie
charlotte cheese chelsea chester chicken chocolate chris christian christmas cocacola coffee company computer contact
cookie corona crystal cowboy customer daniel danielle database david december default demo denver desktop destiny
diablo diamond dolphin donald doctor dragon dubsmash eagle elizabeth email eminem england enter everton fabian
facebook falcon family ferrari finance fire fish florida flower football forever forget france freedom friend friday
friends galaxy games garfield george german germany ginger giovanni goddess golden golfer google gordon guest guitar
hallo hannah happy harley hello hellokitty helpdesk henry hockey holiday hotmail house hottie hunter hybrid hybridchat
ilove iloveyou india instagram internet jackson jaguar james january jasmine jennifer jessica jesus johnny johnson
jonathan jordan joseph joshua juice july june justin killer king kitten klaster lakers laura letmein linkedin
liverpool login london lovely lover loveme lucky maggie magic manager manchester marina marlboro martin master matrix
matthew maverick melissa mercedes merlin metallica michael michelle mickey microsoft midnight minecraft mobile monday
money monkey monster morgan mother music mustang myname mylove natasha naruto nathan naughty network newpass nicole
nikita ninja nirvana nothing november october office oliver online orange ordinateur pakistan panther paris parola
pass passwort passe password passwd passw patrick peanut pepper phoenix picture pikachu please pokemon police porsche
power prince princess private purple qazwsx querty qwert qwerty qwertz rachel rainbow raiders ranger rebecca richard
robert rocky root samantha samsung sandra saturday school scooter secret security september server service shadow
silver skate skype slipknot smokey snoopy snowball soccer soleil sophie spiderman spring starwars steelers stella
steven student summer sunday sunflower sunshine superman supervisor support sweet sweety system taylor teacher telecom
temp temporary test tester testing theman thomas thunder thursday tiger tigger tinkle toyota travis trustno trust
tuesday turtle twitter unknown user username vanessa victoria vodafone wednesday welcome westham whatever wilkommen
william willkommen windows winner winter wizard wordpass work world xbox yamaha yankees yellow yolanda youtube
correcthorsebatterystaple zaq zxcvbn zxcvbnm change changeme changeit letme iamgod one two three four five six seven
eight nine ten
"""

COMMON_WORDS = frozenset(_TEXT.split())
"""Words and names that stand in nearly every published list of stolen passwords, and those that offer themselves for
this product."""

KEYBOARD_ROWS = (
    "1234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "qsdfghjklm",
    "zxcvbnm",
    "yxcvbnm",
    "wxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "abcdefghijklmnopqrstuvwxyz",
)
