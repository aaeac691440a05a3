/** What the page says, in each of its languages. */
export const languages = ['kk', 'ru', 'en'] as const;
export type ConsoleLanguage = (typeof languages)[number];

export type ConsoleWords = {
  readonly language: string;
  readonly title: string;
  readonly seenAt: string;
  readonly readOnly: string;
  readonly refreshes: (seconds: number) => string;
  readonly stopRefreshing: string;
  readonly refreshAgain: string;
  readonly topics: string;
  readonly topic: string;
  readonly partitions: string;
  readonly records: string;
  readonly deadLetters: string;
  readonly retention: string;
  readonly onFailure: string;
  readonly personal: string;
  readonly yes: string;
  readonly no: string;
  readonly missing: string;
  readonly differences: string;
  readonly noDifference: string;
  readonly groups: string;
  readonly group: string;
  readonly members: string;
  readonly waiting: string;
  readonly oldestSeconds: string;
  readonly noGroup: string;
  readonly brokerAway: string;
};

export const words: Readonly<Record<ConsoleLanguage, ConsoleWords>> = {
  kk: {
    language: 'Қазақша',
    title: 'Kezek: тақырыптар мен оқырмандар',
    seenAt: 'Қаралған уақыты',
    readOnly: 'Бұл бет ештеңені өзгертпейді және жеке деректерді көрсетпейді.',
    refreshes: (seconds) => `${seconds} с сайын жаңартылады.`,
    stopRefreshing: 'Жаңартуды тоқтату',
    refreshAgain: 'Қайта жаңарту',
    topics: 'Тақырыптар',
    topic: 'Тақырып',
    partitions: 'Бөліктер',
    records: 'Жазбалар',
    deadLetters: 'Өңделмеген жазбалар',
    retention: 'Сақталуы',
    onFailure: 'Қате болса',
    personal: 'Жеке деректер',
    yes: 'иә',
    no: 'жоқ',
    missing: 'жоқ тақырып',
    differences: 'Кестеден айырмашылықтар',
    noDifference: 'Айырмашылық жоқ.',
    groups: 'Оқырмандар',
    group: 'Топ',
    members: 'Күйі',
    waiting: 'Кезекте тұрған жазбалар',
    oldestSeconds: 'Ең ескісі, с',
    noGroup: 'Әзірге ешкім оқымайды.',
    brokerAway: 'Kafka жауап бермейді. Қызмет іске қосылғанын тексеріңіз; бет өзі қайталап көреді.',
  },
  ru: {
    language: 'Русский',
    title: 'Kezek: топики и читатели',
    seenAt: 'Время просмотра',
    readOnly: 'Страница ничего не меняет и не показывает персональных данных.',
    refreshes: (seconds) => `Обновляется каждые ${seconds} с.`,
    stopRefreshing: 'Остановить обновление',
    refreshAgain: 'Возобновить обновление',
    topics: 'Топики',
    topic: 'Топик',
    partitions: 'Партиции',
    records: 'Записи',
    deadLetters: 'Необработанные записи',
    retention: 'Хранение',
    onFailure: 'При ошибке',
    personal: 'Персональные данные',
    yes: 'да',
    no: 'нет',
    missing: 'нет такого топика',
    differences: 'Отличия от таблицы',
    noDifference: 'Отличий нет.',
    groups: 'Читатели',
    group: 'Группа',
    members: 'Состояние',
    waiting: 'Ждут записей',
    oldestSeconds: 'Самая старая, с',
    noGroup: 'Пока никто не читает.',
    brokerAway: 'Kafka не отвечает. Проверьте, запущен ли сервис; страница попробует сама.',
  },
  en: {
    language: 'English',
    title: 'Kezek: topics and readers',
    seenAt: 'Seen at',
    readOnly: 'This page changes nothing and shows no personal data.',
    refreshes: (seconds) => `Renewed every ${seconds} s.`,
    stopRefreshing: 'Stop renewing',
    refreshAgain: 'Renew again',
    topics: 'Topics',
    topic: 'Topic',
    partitions: 'Partitions',
    records: 'Records',
    deadLetters: 'Dead letters',
    retention: 'Retention',
    onFailure: 'On failure',
    personal: 'Personal data',
    yes: 'yes',
    no: 'no',
    missing: 'missing',
    differences: 'Differences from the table',
    noDifference: 'None.',
    groups: 'Readers',
    group: 'Group',
    members: 'State',
    waiting: 'Records waiting',
    oldestSeconds: 'Oldest, s',
    noGroup: 'Nobody reads yet.',
    brokerAway: 'Kafka does not answer. See whether its service runs; this page tries again by itself.',
  },
};
