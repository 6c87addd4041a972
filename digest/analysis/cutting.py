"""An article cut into headings, sentences and words once, for all that is made of them."""

from dataclasses import dataclass, replace

from digest import settings
from digest.analysis import keywords, sentences, summary, words
from digest.analysis.keywords import Agreed
from digest.analysis.lexicon import Lexicon
from digest.analysis.sentences import Sentence
from digest.analysis.words import Words
from digest.model import Article


@dataclass(frozen=True, slots=True)
class Cutting:
    """An article with its headings, its sentences, and the words that both were cut into once."""

    article: Article
    headings: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    words: Words

    @classmethod
    def of(cls, article: Article, lexicon: Lexicon) -> "Cutting":
        """Cut an article."""
        headings = tuple(text for text in (article.kicker, article.headline, article.subheadline) if text)
        found = sentences.of(article)
        return cls(article, headings, found, words.weigh(headings, [one.text for one in found], lexicon))

    @property
    def texts(self) -> list[str]:
        """The headings and sentences as written."""
        return [*self.headings, *(sentence.text for sentence in self.sentences)]

    def annotated(self, lexicon: Lexicon, analysis: settings.Analysis, agreed: Agreed) -> Article:
        """Return the article with keywords and summary. A lede that the editor wrote is the summary as it stands."""
        lede, budget = self.article.lede, analysis.summary_chars
        return replace(
            self.article,
            keywords=keywords.choose(self.words, self.texts, lexicon, analysis.keywords, agreed),
            summary=(lede,) if lede else summary.choose(self.sentences, self.words, lexicon, budget),
        )
